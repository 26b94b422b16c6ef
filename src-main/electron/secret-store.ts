import type { SafeStorage } from "electron";
import type { HostInfo } from "#shared/ipc/views.ts";

type Keystore = Pick<SafeStorage, "isAsyncEncryptionAvailable" | "getSelectedStorageBackend">;

/** Without a keystore, Linux "encrypts" with a key that is the same on every machine. */
const noKeystore = new Set(["basic_text", "unknown"]);

/** Where secrets are kept: in the system's keystore where it has one, else in a file of their own. */
export const chooseSecretStore = async (
  safeStorage: Keystore,
  platform: NodeJS.Platform,
): Promise<HostInfo["secretStore"]> => {
  try {
    if (!(await safeStorage.isAsyncEncryptionAvailable())) return "owner-only-file";
    if (platform !== "linux") return "os-keystore";
    const backend = safeStorage.getSelectedStorageBackend();
    return noKeystore.has(backend) ? "owner-only-file" : "os-keystore";
  } catch {
    return "owner-only-file";
  }
};
