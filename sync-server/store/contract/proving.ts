import { parse } from "csv-parse/sync";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { mask } from "#shared/audit/entry.ts";
import { verifyExport } from "#shared/audit/export.ts";
import { Keys, readHead } from "#shared/audit/head.ts";
import { Line, LineCheck } from "#shared/audit/line.ts";
import { isConsistent } from "#shared/audit/proofs.ts";
import { verifyReceipt } from "#shared/audit/receipt.ts";
import { consistencyProof, rootAt } from "#shared/audit/subtrees.ts";
import { checkHead } from "#shared/audit/watch.ts";
import {
  auditRoutes,
  HeadResponse,
  LogResponse,
  ProofResponse,
  ReceiptsResponse,
} from "#shared/audit/wire.ts";
import { auditEntry } from "#shared/testing/audit.ts";
import { id, intent } from "#shared/testing/builders.ts";
import { appendAudit, brokenAt, readAudit } from "../../audit/log.ts";
import { nodesOf, treeOf } from "../../audit/tree.ts";
import type { Ground } from "./ground.ts";

/** The audit log that nobody has to trust us for (PRT-4). */
export const proving = (on: Ground): void => {
  const get = (who: string, url: string, query: Record<string, string | number> = {}) =>
    on.server.app.inject({
      url,
      query: Object.fromEntries(Object.entries(query).map(([k, v]) => [k, String(v)])),
      headers: { authorization: `Bearer ${who}` },
    });
  const keys = async () => Keys.parse((await get("nobody", auditRoutes.keys)).json());
  const note = (text: string) => intent("Nok", "ticket.note", id("pump-ticket"), { text });
  const noted = async (...texts: string[]) => {
    const made = texts.map(note);
    await on.server.push("Nok", ...made);
    return made;
  };
  const headOf = async (who: string) =>
    HeadResponse.parse((await get(who, auditRoutes.head)).json()).head;
  const proofOf = async (who: string, url: string, query: Record<string, number>) =>
    ProofResponse.parse((await get(who, url, query)).json()).proof;
  const append = (log: string, texts: string[]) =>
    on.store.db
      .transaction()
      .execute((tx) => appendAudit(tx, id(log), ...texts.map((text) => auditEntry(text))));

  test("[PRT-4] the tree that is kept is the one over the lines, however many are appended at once", async () => {
    const log = "a log of many";
    const sizes = [1, 2, 5, 1, 600, 3];
    for (const [n, size] of sizes.entries()) {
      await append(
        log,
        Array.from({ length: size }, (_, i) => `${n}-${i}`),
      );
    }
    const total = sizes.reduce((sum, size) => sum + size, 0);
    const lines = await readAudit(on.store.db, id(log));
    expect(lines).toHaveLength(total);
    expect(lines.at(-1)?.entry).toEqual(auditEntry("5-2"));
    const check = new LineCheck(id(log));
    const nodes = lines.flatMap(({ line }) => {
      const added = check.add(Line.parse(line));
      if ("failure" in added) throw new Error(added.failure.code);
      return added.nodes;
    });
    const kept = await on.store.db
      .selectFrom("audit_node")
      .select(["level", "idx as index", "hash"])
      .where("log_id", "=", id(log))
      .execute();
    const byPlace = (a: { level: number; index: number }, b: typeof a) =>
      a.level - b.level || a.index - b.index;
    expect(kept.sort(byPlace)).toEqual(nodes.sort(byPlace));
    expect(await treeOf(on.store.db, id(log))).toEqual({ size: total, root: check.root });
    const read = nodesOf(on.store.db, id(log));
    expect(await rootAt(total, read)).toBe(check.root);
    const earlier = { size: 9, root: await rootAt(9, read) };
    const proof = await consistencyProof(9, total, read);
    expect(isConsistent(earlier, { size: total, root: check.root }, proof)).toBe(true);
  });

  test("[PRT-4] neither a line nor a node can be changed, replaced or taken out", async () => {
    await noted("to stay");
    await headOf("Cora");
    const tables = { audit: "entry", audit_node: "hash", audit_signed: "jws" };
    const { db, dialect } = on.store;
    // The server has no right to it where there are rights, and the owner meets the triggers.
    const whoever = [
      [on.owner, /append-only/],
      [db, /append-only|permission denied/],
    ] as const;
    for (const [table, column] of Object.entries(tables)) {
      const [t, c] = [sql.table(table), sql.ref(column)];
      const upsert = {
        sqlite: sql`INSERT OR REPLACE INTO ${t} SELECT * FROM ${t}`,
        postgres: sql`INSERT INTO ${t} SELECT * FROM ${t} ON CONFLICT ON CONSTRAINT ${sql.ref(`${table}_pk`)} DO UPDATE SET ${c} = 'x'`,
      };
      const empty = { sqlite: sql`DELETE FROM ${t}`, postgres: sql`TRUNCATE ${t}` };
      const attempts = [
        sql`UPDATE ${t} SET ${c} = 'x'`,
        sql`DELETE FROM ${t}`,
        empty[dialect],
        upsert[dialect],
      ];
      for (const attempt of attempts) {
        for (const [who, refusal] of whoever) {
          await expect(attempt.execute(who)).rejects.toThrow(refusal);
        }
      }
    }
    expect(brokenAt(await readAudit(db, id("Acme")))).toBeNull();
  });

  test("[PRT-4] a customer can prove that its log has only grown", async () => {
    const known = await readHead(await headOf("Cora"), await keys());
    if (!known.ok) throw new Error(known.error.code);
    expect(known.value.log).toBe(id("Acme"));
    await noted("one more", "and another");
    const next = await headOf("Cora");
    const { size } = known.value;
    const proof = await proofOf("Cora", auditRoutes.consistency, { from: size, to: size + 2 });
    expect(await checkHead(known.value, next, proof, await keys())).toMatchObject({
      value: { size: size + 2 },
    });
    // One head for each length of a log: whoever asks again gets the same.
    expect(await headOf("Cora")).toBe(next);
  });

  test("[PRT-4] whoever rewrites a line, and everything that follows from it, is seen", async () => {
    await noted("what happened");
    const known = await readHead(await headOf("Cora"), await keys());
    if (!known.ok) throw new Error(known.error.code);
    const lines = await readAudit(on.store.db, id("Acme"));
    const { db, dialect } = on.store;
    // With all rights on the database, and the server's own code: the log as if it had been otherwise.
    const tables = ["audit", "audit_node", "audit_signed"];
    const triggers = {
      sqlite: async () => {
        for (const table of tables) {
          for (const verb of ["update", "delete"]) {
            await sql`DROP TRIGGER ${sql.ref(`${table}_no_${verb}`)}`.execute(on.owner);
          }
        }
      },
      postgres: async () => {
        for (const table of tables) {
          await sql`ALTER TABLE ${sql.table(table)} DISABLE TRIGGER USER`.execute(on.owner);
        }
      },
    };
    await triggers[dialect]();
    for (const table of [...tables, "audit_head"]) {
      await sql`DELETE FROM ${sql.table(table)} WHERE log_id = ${id("Acme")}`.execute(on.owner);
    }
    const middle = Math.floor(lines.length / 2);
    const entries = lines.map(({ entry }, n) =>
      n === middle ? { ...entry, actor: { ...entry.actor, name: "Nobody" } } : entry,
    );
    await db.transaction().execute((tx) => appendAudit(tx, id("Acme"), ...entries));
    await noted("and on it went");
    const forged = await headOf("Cora");
    expect(brokenAt(await readAudit(db, id("Acme")))).toBeNull();
    expect((await readHead(forged, await keys())).ok).toBe(true);
    const { size } = known.value;
    const proof = await proofOf("Cora", auditRoutes.consistency, { from: size, to: size + 1 });
    expect(await checkHead(known.value, forged, proof, await keys())).toMatchObject({
      error: { code: "audit-history-rewritten" },
    });
  });

  test("[PRT-4] the maker of a change gets a receipt from the customer's log, which shows what they wrote", async () => {
    const [made] = await noted("proven");
    const refused = intent("Nok", "ticket.resolve", id("pump-ticket"), { resolution: "done" });
    await on.server.push("Nok", refused);
    const ask = async (who: string) =>
      ReceiptsResponse.parse(
        (
          await on.server.post(who, auditRoutes.receipts, {
            intentIds: [made?.id, refused.id, id("nothing of this name")],
          })
        ).json(),
      ).receipts;
    const receipts = await ask("Nok");
    expect(receipts.map(({ line }) => line.entry.intent.id).sort()).toEqual(
      [made?.id, refused.id].sort(),
    );
    for (const receipt of receipts) {
      const proven = await verifyReceipt(receipt, await keys());
      expect(proven).toMatchObject({
        value: { head: { log: id("Acme") }, entry: { changes: {} } },
      });
    }
    expect(JSON.stringify(receipts)).toContain("proven");
    // The customer sees all of it; a partner who had no part in it sees nothing.
    const [theirs] = await ask("Cora");
    expect(Object.keys(theirs?.line.openings ?? {})).toContain("changes.notes");
    expect(await ask("Rex")).toEqual([]);
    expect(await ask("Tam")).toEqual([]);
  });

  test("[PRT-4] nobody reads the log of another organisation", async () => {
    const questions: [string, Record<string, number>][] = [
      [auditRoutes.log, {}],
      [auditRoutes.head, {}],
      [auditRoutes.export, {}],
      [auditRoutes.consistency, { from: 1, to: 1 }],
      [auditRoutes.inclusion, { seq: 1, size: 1 }],
    ];
    for (const who of ["Nok", "Rex"]) {
      for (const [url, query] of questions) {
        const answer = await get(who, url, { ...query, log: id("Acme") });
        expect([url, answer.statusCode]).toEqual([url, 403]);
        expect(answer.json()).toMatchObject({ error: { code: "audit-log-not-yours" } });
        expect((await get("Cora", url, query)).statusCode).toBe(200);
      }
    }
    const own = LogResponse.parse((await get("Ada", auditRoutes.log)).json());
    expect(own.log).toBe(id("Nera"));
    // Who has no such permission reads not even that of their own.
    expect((await get("Nok", auditRoutes.log)).json().error.code).toBe("no-role-in-app");
    expect((await get("nobody", auditRoutes.log)).statusCode).toBe(403);
    expect((await on.server.app.inject({ url: auditRoutes.log })).statusCode).toBe(401);
  });

  test("[PRT-4] the log is read in pages, from either end, and narrowed", async () => {
    await noted("a Leak at the valve", "dry again");
    const page = async (query: Record<string, string | number>) =>
      LogResponse.parse((await get("Cora", auditRoutes.log, query)).json());
    const all = (await readAudit(on.store.db, id("Acme"))).map(({ seq }) => seq);
    for (const order of ["oldest", "newest"]) {
      const read: number[] = [];
      for (let next: number | null = null, first = true; first || next !== null; first = false) {
        const answer = await page({ order, limit: 2, ...(next === null ? {} : { after: next }) });
        read.push(...answer.lines.map(({ seq }) => seq));
        next = answer.next;
      }
      expect(read).toEqual(order === "oldest" ? all : all.toReversed());
    }
    const found = await page({ text: "DRY again" });
    expect(found.lines.map(({ openings }) => openings["payload.text"]?.value)).toEqual([
      "dry again",
    ]);
    expect((await page({ text: "nothing says this" })).lines).toEqual([]);
    const outcomes = (lines: Line[]) => new Set(lines.map(({ entry }) => entry.outcome.applied));
    expect(outcomes((await page({ outcome: "refused" })).lines)).toEqual(new Set([false]));
    expect(outcomes((await page({ outcome: "applied" })).lines)).toEqual(new Set([true]));
    expect((await page({ type: "ticket." })).lines.length).toBe((await page({})).lines.length);
    expect((await page({ type: "visit." })).lines).toEqual([]);
    expect((await page({ actor: id("Tam") })).lines).toEqual([]);
    expect((await page({ to: on.now })).lines).toEqual([]);
    expect((await page({ from: on.now })).lines.length).toBe((await page({})).lines.length);
    expect((await get("Cora", auditRoutes.log, { limit: 501 })).statusCode).toBe(400);
    expect((await get("Cora", auditRoutes.log, { from: "yesterday" })).statusCode).toBe(400);
  });

  test("[PRT-4] no proof is made of what a log does not have", async () => {
    const { size } = await treeOf(on.store.db, id("Acme"));
    const wrong: [string, Record<string, number>][] = [
      [auditRoutes.consistency, { from: 2, to: 1 }],
      [auditRoutes.consistency, { from: 1, to: size + 1 }],
      [auditRoutes.inclusion, { seq: 2, size: 1 }],
      [auditRoutes.inclusion, { seq: 1, size: size + 1 }],
      [auditRoutes.inclusion, { seq: 0, size }],
    ];
    for (const [url, query] of wrong) expect((await get("Cora", url, query)).statusCode).toBe(400);
    const proof = await proofOf("Cora", auditRoutes.inclusion, { seq: size, size });
    expect(proof.length).toBeGreaterThan(0);
  });

  test("[PRT-4] the whole log is handed out as a file that anybody can verify", async () => {
    const answer = await get("Cora", auditRoutes.export);
    expect(answer.headers["content-disposition"]).toMatch(/attachment; filename="audit-log-\d+/);
    async function* lines() {
      yield* answer.body.split("\n");
    }
    const { size } = await treeOf(on.store.db, id("Acme"));
    expect(await verifyExport(lines(), { keys: await keys() })).toMatchObject({
      value: { head: { log: id("Acme"), size } },
    });
  });

  test("[PRT-4] as a table it holds no formula that somebody might have sent", async () => {
    const formulas = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"];
    const entries = formulas.map((name) => {
      const entry = auditEntry(name);
      return { ...entry, actor: { ...entry.actor, name } };
    });
    await on.store.db.transaction().execute((tx) => appendAudit(tx, id("Nera"), ...entries));
    const table = (await get("Ada", auditRoutes.export, { format: "csv" })).body;
    const rows = parse(table, { bom: true, columns: true }) as Record<string, string>[];
    expect(rows.slice(-formulas.length).map(({ actor }) => actor)).toEqual(
      formulas.map((formula) => `'${formula}`),
    );
    const cells = rows.flatMap((row) => Object.values(row));
    expect(cells.filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
  });

  test("[PRT-4] a line proves the same, whatever of it is shown", async () => {
    const [line] = (await readAudit(on.store.db, id("Acme"))).map((one) => one.line);
    if (line === undefined) throw new Error("the log is empty");
    const check = () => new LineCheck(id("Acme"));
    const [whole, masked] = [check(), check()];
    whole.add(line);
    masked.add(mask(line, () => false));
    expect(masked.root).toBe(whole.root);
  });
};
