import { randomUUID } from "node:crypto";
import { publicKeys, signedHead } from "#server/audit/heads.ts";
import { readLines } from "#server/audit/lines.ts";
import { appendAudit } from "#server/audit/log.ts";
import { makeSigningKey } from "#server/audit/signing-key.ts";
import { nodesOf } from "#server/audit/tree.ts";
import { canonical, sha256 } from "#server/store/canonical.ts";
import type { Database } from "#server/store/schema.ts";
import type { Store } from "#server/store/store.ts";
import { readHead } from "#shared/audit/head.ts";
import { isConsistent } from "#shared/audit/proofs.ts";
import { type Receipt, verifyReceipt } from "#shared/audit/receipt.ts";
import { consistencyProof, inclusionProof, rootAt } from "#shared/audit/subtrees.ts";
import { auditEntry } from "#shared/testing/audit.ts";
import { LINES, LOG, makeAuditLog } from "./audit-log.ts";
import { clockMs } from "./lib/answer.ts";
import { type Bench, type Row, row } from "./lib/bench.ts";
import { median, p95 } from "./lib/stats.ts";

let made: Promise<Store> | null = null;

/** The log that these rows share, made when the first of them asks for it. */
const logOf = (bench: Bench): Promise<Store> => {
  if (made === null) {
    bench.say(`filling an audit log with ${LINES} lines…`);
    made = makeAuditLog(bench.newFolder("audit"));
  }
  return made;
};

/** How long each of `count` runs took, ms. */
const times = async (count: number, run: (n: number) => unknown): Promise<number[]> => {
  const took: number[] = [];
  for (let n = 0; n < count; n += 1) {
    const began = clockMs();
    await run(n);
    took.push(clockMs() - began);
  }
  return took;
};

const RUNS = 300;
/** As many lines as one push may have intents. */
const BATCH = 200;
const BATCHES = 25;

const entries = (n: number) =>
  Array.from({ length: BATCH }, (_, i) => auditEntry(`batch ${n}, line ${i}`));

/** The lines as a chain of hashes and nothing else: no commitments, no tree. */
const appendChain = ({ db }: Store, n: number, hash: string) =>
  db.transaction().execute(async (tx) => {
    let last = hash;
    const rows = entries(n).map((told, i): Database["audit"] => {
      const entry = canonical(told);
      const prev_hash = last;
      last = sha256(`${last}\n${entry}`);
      return {
        ...{ log_id: "chain", seq: n * BATCH + i + 1, prev_hash, hash: last, at: told.serverTime },
        ...{ entry, openings: "{}", intent_id: told.intent.id, type: told.intent.type },
        ...{ actor_id: told.actor.accountId, applied: 1 },
      };
    });
    await tx.insertInto("audit").values(rows).execute();
    return last;
  });

/** Lines appended to a long log, a push at a time. */
export const auditAppend = async (bench: Bench): Promise<Row> => {
  const store = await logOf(bench);
  let hash = "";
  const bare = await times(BATCHES, async (n) => {
    hash = await appendChain(store, n, hash);
  });
  const took = await times(BATCHES, (n) =>
    store.db.transaction().execute((tx) => appendAudit(tx, LOG, ...entries(n))),
  );
  const of1000 = (ms: readonly number[]) => (median(ms) * 1000) / BATCH;
  const baseline = { name: "a bare chain, ms for 1,000", value: of1000(bare) };
  return row("audit-append", { value: of1000(took), unit: "ms for 1,000" }, baseline, [
    `${BATCH} lines at a time, each with its commitments, onto a log of ${LINES}`,
  ]);
};

/** Somewhere in the log, another place each time. */
const place = (n: number): number => (n * 7919 * 104_729) % LINES;

/** Reading one line by its number, ms p95: what any answer about a line takes at least. */
const oneLine = async ({ db }: Store) => {
  const took = await times(RUNS, (n) =>
    db
      .selectFrom("audit")
      .select(["entry", "openings"])
      .where("log_id", "=", LOG)
      .where("seq", "=", 1 + place(n))
      .execute(),
  );
  return { name: "reading one line, ms p95", value: p95(took) };
};

const proofs = async (
  bench: Bench,
  name: string,
  prove: (store: Store, n: number) => Promise<string[]>,
): Promise<Row> => {
  const store = await logOf(bench);
  const sizes: number[] = [];
  const baseline = await oneLine(store);
  const took = await times(RUNS, async (n) => {
    sizes.push(JSON.stringify(await prove(store, n)).length);
  });
  return row(name, { value: p95(took), unit: "ms p95" }, baseline, [
    `a proof is ${median(sizes)} bytes of JSON, ${Math.max(...sizes)} at most, over ${LINES} lines`,
  ]);
};

/** The proof that a line is in a log of a million. */
export const auditInclusion = (bench: Bench): Promise<Row> =>
  proofs(bench, "audit-inclusion", ({ db }, n) =>
    inclusionProof(place(n), LINES, nodesOf(db, LOG)),
  );

/** The proof that a log of a million begins with an earlier one. */
export const auditConsistency = (bench: Bench): Promise<Row> =>
  proofs(bench, "audit-consistency", ({ db }, n) =>
    consistencyProof(1 + place(n), LINES, nodesOf(db, LOG)),
  );

/** A receipt of a line in a log of a million, verified without a server. */
export const auditVerify = async (bench: Bench): Promise<Row> => {
  const { db } = await logOf(bench);
  const key = await makeSigningKey();
  const keys = publicKeys(key);
  const { head, jws } = await signedHead(db, key, LOG, new Date().toISOString());
  const [line] = await readLines(
    db
      .selectFrom("audit")
      .where("log_id", "=", LOG)
      .where("seq", "=", LINES + 1),
  );
  if (line === undefined) throw new Error("the last line is gone");
  const read = nodesOf(db, LOG);
  const receipt: Receipt = {
    ...{ format: "riversync-audit-receipt", version: 1, log: LOG, line, index: LINES },
    ...{ head: jws, keys, proof: await inclusionProof(LINES, head.size, read) },
  };
  const bare = await times(RUNS, () => readHead(jws, keys));
  const took = await times(RUNS, async () => {
    if (!(await verifyReceipt(receipt, keys)).ok) throw new Error("the receipt does not hold");
  });
  const from = Math.floor(LINES / 3);
  const earlier = { size: from, root: await rootAt(from, read) };
  const proof = await consistencyProof(from, head.size, read);
  const consistent = await times(RUNS, () => {
    if (!isConsistent(earlier, head, proof)) throw new Error("the log does not begin so");
  });
  const forged = { ...earlier, root: sha256(randomUUID()) };
  if (isConsistent(forged, head, proof)) throw new Error("any log begins so");
  const baseline = { name: "the signature alone, ms p95", value: p95(bare) };
  return row("audit-verify", { value: p95(took), unit: "ms p95" }, baseline, [
    `a receipt is ${JSON.stringify(receipt).length} bytes; a consistency proof is verified in ${p95(consistent).toFixed(2)} ms p95`,
  ]);
};
