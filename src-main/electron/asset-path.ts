import { join, relative, sep } from "node:path";
import { isAppUrl } from "./app-origin.ts";

/** A name that means a file of that name on every system: no way up, no drive, no stream, no NUL. */
const plainName = /^(?!\.{1,2}$)[A-Za-z0-9._~@+ -]+$/;

/**
 * The file under `folder` that `url` names, or null where it names none or one outside. Only plain
 * names get through, so that `..`, `%2e%2e`, `\`, `%5c`, NUL, `C:` and `file:$DATA` do not have to
 * be thought of one by one.
 */
export const assetPath = (folder: string, url: string): string | null => {
  if (!isAppUrl(url)) return null;
  let path: string;
  try {
    path = decodeURIComponent(new URL(url).pathname);
  } catch {
    return null;
  }
  if (!path.startsWith("/")) return null;
  const names = path === "/" ? ["index.html"] : path.slice(1).split("/");
  if (!names.every((name) => plainName.test(name))) return null;
  const file = join(folder, ...names);
  return isInside(folder, file) ? file : null;
};

/** Whether `file` lies under `folder`; both are absolute. */
export const isInside = (folder: string, file: string): boolean => {
  const way = relative(folder, file);
  return (
    way !== "" && way !== ".." && !way.startsWith(`..${sep}`) && !/^([A-Za-z]:|[\\/])/.test(way)
  );
};
