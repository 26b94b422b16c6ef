import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

/** What access is decided from; who reads it elsewhere may be deciding it anew. */
const reads =
  /\bviewer\??\.roles\b|\.roles\[|\.entitlements\b|\bentitlements\.|\.levels\b|\blevelsHeld\(/;

/** Who reads it and decides nothing, and what for. */
const reasons: Record<string, string> = {
  "src-renderer/apps/account/": "shows and edits roles as data, and asks who may",
  "src-renderer/shell/frame/profile-menu.tsx": "says the name of one's role",
  "src-renderer/testing/": "makes viewers",
  "src-renderer/ui/why-not/unlock.ts": "names who could help, and lets nobody in",
  "src-shared/domain/person/": "the rules of granting roles: which are held, and fit",
  "src-shared/domain/role/": "the rules of the roles' own levels",
  "src-shared/testing/": "makes viewers",
  "sync-server/access/": "makes viewers from what is stored",
  "sync-server/demo/": "makes organisations",
  "sync-server/identity/account-source.ts": "says in a token which apps there are",
  "sync-server/store/": "stores it",
  "sync-server/testing/": "makes viewers",
};

const sources = globSync("{src-shared,src-main,src-renderer,sync-server,scripts}/**/*.{ts,tsx}", {
  exclude: ["src-shared/access/**", "**/*.test.ts", "**/*.test.tsx", "**/*.d.ts"],
});
const readers = sources
  .filter((file) => reads.test(readFileSync(file, "utf8")))
  .map((file) => file.replaceAll("\\", "/"));

const allowed = (file: string) => Object.keys(reasons).some((place) => file.startsWith(place));

test("[AUTH-1] access is decided in src-shared/access and nowhere else", () => {
  expect(sources.length).toBeGreaterThan(300);
  expect(readers.filter((file) => !allowed(file))).toEqual([]);
});

test("no exception outlives its reason", () => {
  const idle = Object.keys(reasons).filter((place) => !readers.some((f) => f.startsWith(place)));
  expect(idle).toEqual([]);
});
