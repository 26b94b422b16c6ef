import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./processes.ts";

/**
 * npm leaves out of package-lock.json the optional packages of platforms that it could not look up
 * where the lock was made, and `npm ci` then refuses the lock. This puts them back, with the version
 * their parent asks for and the platform their name says. Run it after every change of packages.
 */
interface Entry {
  version?: string;
  dev?: boolean;
  optional?: boolean;
  os?: string[];
  cpu?: string[];
  optionalDependencies?: Record<string, string>;
}

const systems = [
  ...["darwin", "win32", "android", "freebsd", "openharmony", "linux", "sunos"],
  ...["netbsd", "openbsd", "aix"],
];
const processors: [RegExp, string][] = [
  [/arm64|aarch64/, "arm64"],
  [/x64|x86_64/, "x64"],
  [/ia32|i686/, "ia32"],
  [/arm/, "arm"],
  [/ppc64/, "ppc64"],
  [/riscv64/, "riscv64"],
  [/s390x/, "s390x"],
  [/loong64/, "loong64"],
  [/mips64el/, "mips64el"],
  [/wasm32/, "wasm32"],
];

const file = join(root, "package-lock.json");
const lock = JSON.parse(readFileSync(file, "utf8")) as { packages: Record<string, Entry> };
const exact = /^\d+\.\d+\.\d+(?:-[\w.]+)?$/;
let added = 0;

for (const parent of Object.values(lock.packages)) {
  for (const [name, version] of Object.entries(parent.optionalDependencies ?? {})) {
    const path = `node_modules/${name}`;
    if (lock.packages[path] !== undefined || !exact.test(version)) continue;
    const os = systems.find((system) => name.includes(system));
    const cpu = processors.find(([pattern]) => pattern.test(name))?.[1];
    lock.packages[path] = {
      version,
      ...(cpu === undefined ? {} : { cpu: [cpu] }),
      ...(parent.dev ? { dev: true } : {}),
      optional: true,
      ...(os === undefined ? {} : { os: [os] }),
    };
    added += 1;
  }
}

if (added > 0) {
  const sorted = Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1));
  lock.packages = Object.fromEntries(sorted);
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
}
process.stdout.write(`${added} packages of other platforms put into the lock\n`);
