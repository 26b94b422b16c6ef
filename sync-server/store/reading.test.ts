import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";

const server = dirname(import.meta.dirname);

/** What writes, and so takes the engine's handle wherever it is called, with what it writes. */
const writers: Record<string, string> = {
  transaction: "what it is about",
  transact: "what it is about",
  noteStanding: "who calls",
  noteInstallation: "what they call with",
  noteAppVersion: "what they call with",
  openLens: "the feed of a lens that nobody has looked through before",
  createUploads: "files that were handed in",
  signedHead: "the head it signed",
};

/** What only reads, and yet not for one tenant by `Store.reading`, with the reason. */
const acrossTenants: Record<string, string> = {
  "accountOf in http/caller.ts": "who calls is asked before anybody knows for which tenant",
  "accountOfIdentity in http/caller.ts": "who calls is asked before anybody knows for which tenant",
  "endedSession in http/caller.ts": "who calls is asked before anybody knows for which tenant",
  "revokedWith in http/caller.ts": "who calls is asked before anybody knows for which tenant",
  "accountOfIdentity in http/session-routes.ts": "whoever signs in may be of any tenant",
  "accountsOfStore in identity/open-identity.ts": "whoever signs in may be of any tenant",
  "receiptsOf in http/audit-routes.ts": "people act in the logs of others, and get receipts of it",
  "selectFrom in sync/sweep.ts": "what ends, ends for all tenants",
  "selectFrom in access/change-account.ts": "what is changed may be of several tenants",
  "{ db } in sync/follow.ts": "whose lens a caller asks for, where it is not their own",
};

const patterns = [
  // f(store.db, …), f(a, store.db) and store.db.selectFrom(…)
  /(?:\b(\w+)\((?:[^()]*,)?\s*)?(?:\w+\.)?\bstore\.db\b(?:\s*\.(\w+))?/g,
  /(\{[^{}]*\bdb\b[^{}]*\})(?:: Store\b| = (?:\w+\.)?store\b)/g,
];

/** What gets the engine's handle in a file: a function, or a query that is made at once. */
const usesIn = (file: string): string[] => {
  const text = readFileSync(join(server, file), "utf8");
  return patterns.flatMap((pattern) =>
    [...text.matchAll(pattern)].map(([, called, method]) => {
      const name = called?.startsWith("{") ? "{ db }" : (method ?? called ?? "store.db");
      return Object.hasOwn(writers, name) ? name : `${name} in ${file}`;
    }),
  );
};

test("[PAR-1] what answers callers reads for their tenant, but for what is listed with its reason", () => {
  const files = globSync("{http,sync,access,files,audit,events,identity}/**/*.ts", { cwd: server });
  const sources = files.filter((file) => !/\.test\.ts$|\/testing\//.test(file));
  expect(sources.length).toBeGreaterThan(40);
  const uses = new Set(sources.flatMap(usesIn));
  const listed = [...Object.keys(writers), ...Object.keys(acrossTenants)];
  expect([...uses].sort()).toEqual(listed.sort());
});
