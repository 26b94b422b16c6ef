import { execFileSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const mount = (...args: string[]) => execFileSync("mount", args, { stdio: "pipe" });

/** A disk of its own in memory, so small that it can be filled, or made read-only. */
export class SmallDisk {
  readonly folder = mkdtempSync(join(tmpdir(), "riversync-disk-"));

  /** Mounts one of so many MB. Throws where this user may not mount. */
  constructor(megabytes: number) {
    mount("-t", "tmpfs", "-o", `size=${megabytes}m`, "tmpfs", this.folder);
  }

  /** Why none can be had here, or null where one can. */
  static unavailable(): string | null {
    try {
      new SmallDisk(1).remove();
      return null;
    } catch (cause) {
      return `no disk can be mounted here: ${String((cause as Error).message).split("\n")[0]}`;
    }
  }

  /** Leaves no byte free. */
  fill(): void {
    const file = openSync(join(this.folder, "filler"), "w");
    try {
      for (let size = 1 << 20; size > 0; size = Math.floor(size / 4)) {
        const part = Buffer.alloc(size);
        try {
          for (;;) writeSync(file, part);
        } catch (cause) {
          if ((cause as { code?: string }).code !== "ENOSPC") throw cause;
        }
      }
    } finally {
      closeSync(file);
    }
  }

  /** Frees what {@link fill} took. */
  empty(): void {
    rmSync(join(this.folder, "filler"));
  }

  /** Lets nobody write, not even the superuser; nothing may have a file open for writing. */
  readOnly(yes: boolean): void {
    mount("-o", `remount,${yes ? "ro" : "rw"}`, this.folder);
  }

  remove(): void {
    try {
      execFileSync("umount", ["-l", this.folder], { stdio: "pipe" });
    } catch {
      // It was never mounted.
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}
