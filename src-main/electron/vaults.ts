import { join } from "node:path";
import type { Logger } from "pino";
import { createEncryptedVault, type SecretCipher } from "#core/auth/encrypted-vault.ts";
import { createOwnerOnlyFileVault } from "#core/auth/owner-only-file-vault.ts";
import type { TokenVault } from "#core/auth/token-vault.ts";
import type { CoreSettings } from "./core-messages.ts";
import type { MainAsker } from "./main-asker.ts";

/** The system's keystore, which only the main process can reach. */
export const askedCipher = (asker: Pick<MainAsker, "ask">): SecretCipher => ({
  encrypt: async (text) => Buffer.from(await asker.ask({ kind: "encrypt", text }), "base64"),
  decrypt: (sealed) => asker.ask({ kind: "decrypt", sealed: sealed.toString("base64") }),
});

const isSealed = (value: unknown): boolean =>
  typeof value === "object" && value !== null && "sealed" in value;

/** Seals what was kept openly while the system had no keystore. */
const sealWhatLiesOpen = async (file: TokenVault, sealed: TokenVault): Promise<void> => {
  const kept = await file.load();
  if (kept.ok && kept.value !== undefined && !isSealed(kept.value)) await sealed.save(kept.value);
};

/**
 * The vault called `name`. A secret that was sealed and cannot be opened any more, since the
 * keystore is gone, is an error for its reader and stays on the disk: it is not taken for none.
 */
export const openVault = async (
  name: "session" | "keys",
  settings: Pick<CoreSettings, "dataFolder" | "secretStore">,
  cipher: SecretCipher,
  log: Logger,
): Promise<TokenVault> => {
  const file = createOwnerOnlyFileVault({ file: join(settings.dataFolder, `${name}.json`), log });
  if (settings.secretStore === "owner-only-file") return file;
  const sealed = createEncryptedVault(file, cipher);
  await sealWhatLiesOpen(file, sealed);
  return sealed;
};
