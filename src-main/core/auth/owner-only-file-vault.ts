import { randomUUID } from "node:crypto";
import { constants } from "node:fs";
import { mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Logger } from "pino";
import { err, ok, type Result } from "#shared/result.ts";
import type { TokenVault, VaultError } from "./token-vault.ts";

/** Where the file lies, and who hears that others could have read it. */
export interface FileVaultOptions {
  file: string;
  log: Logger;
  onExposed?: (found: { file: string; mode: string }) => void;
}

const codeOf = (cause: unknown): string =>
  cause instanceof Error && "code" in cause ? String(cause.code) : "failed";

const fault = (reason: VaultError["reason"], detail: string) =>
  err<VaultError>({ code: "vault-unavailable", reason, detail });

/** Directories can be synced on POSIX systems only; elsewhere the rename is durable by itself. */
const syncDirectory = async (directory: string): Promise<void> => {
  if (process.platform === "win32") return;
  const handle = await open(directory, constants.O_RDONLY);
  await handle.sync().finally(() => handle.close());
};

/**
 * A vault in a file only its owner may read (mode 0600, in a directory of mode 0700). It is
 * replaced as a whole, so that a crash leaves the old secret or the new one. A file that others
 * could read is closed to them and reported; one that belongs to somebody else is refused.
 */
export const createOwnerOnlyFileVault = (options: FileVaultOptions): TokenVault => {
  const { file, log } = options;
  const directory = dirname(file);
  let queue: Promise<unknown> = Promise.resolve();

  const inOrder = <T>(work: () => Promise<T>): Promise<T> => {
    const result = queue.then(work);
    queue = result.catch(() => undefined);
    return result;
  };

  const readText = async (): Promise<Result<string | undefined, VaultError>> => {
    try {
      // Never through a link: it could lead to a file someone else wrote.
      const handle = await open(file, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
      try {
        const { mode, uid } = await handle.stat();
        if (process.platform !== "win32") {
          if (uid !== process.getuid?.()) return fault("foreign-owner", `owned by ${uid}`);
          if ((mode & 0o077) !== 0) {
            const found = { file, mode: (mode & 0o777).toString(8) };
            await handle.chmod(0o600);
            log.warn(
              found,
              "a secret could be read by other users of this computer; closed to them",
            );
            options.onExposed?.(found);
          }
        }
        return ok(await handle.readFile("utf8"));
      } finally {
        await handle.close();
      }
    } catch (cause) {
      const code = codeOf(cause);
      return code === "ENOENT" ? ok(undefined) : fault("unreadable", code);
    }
  };

  const load = async (): Promise<Result<unknown, VaultError>> => {
    const text = await readText();
    if (!text.ok || text.value === undefined) return text;
    try {
      return ok(JSON.parse(text.value));
    } catch {
      return fault("damaged", "not JSON");
    }
  };

  /** Copies a crash left behind hold secrets too. */
  const removeLeftovers = async (): Promise<void> => {
    const prefix = `${basename(file)}.`;
    const names = await readdir(directory);
    const left = names.filter((name) => name.startsWith(prefix) && name.endsWith(".new"));
    await Promise.all(left.map((name) => rm(join(directory, name), { force: true })));
  };

  const save = async (secret: unknown): Promise<Result<void, VaultError>> => {
    const fresh = `${file}.${randomUUID()}.new`;
    try {
      await mkdir(directory, { recursive: true, mode: 0o700 });
      await removeLeftovers();
      const handle = await open(fresh, "wx", 0o600);
      try {
        await handle.writeFile(JSON.stringify(secret));
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(fresh, file);
      await syncDirectory(directory);
      return ok(undefined);
    } catch (cause) {
      await rm(fresh, { force: true }).catch(() => undefined);
      return fault("unwritable", codeOf(cause));
    }
  };

  const clear = async (): Promise<Result<void, VaultError>> => {
    try {
      await rm(file, { force: true });
      await syncDirectory(directory);
      return ok(undefined);
    } catch (cause) {
      const code = codeOf(cause);
      return code === "ENOENT" ? ok(undefined) : fault("unwritable", code);
    }
  };

  return {
    load: () => inOrder(load),
    save: (secret) => inOrder(() => save(secret)),
    clear: () => inOrder(clear),
  };
};
