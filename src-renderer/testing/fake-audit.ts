import { implement } from "@orpc/server";
import { calculateJwkThumbprint, exportJWK, generateKeyPair } from "jose";
import { type ExportHeader, verifyExport } from "#shared/audit/export.ts";
import { Keys, SigningKey, signHead } from "#shared/audit/head.ts";
import type { Line } from "#shared/audit/line.ts";
import { type Receipt, verifyReceipt } from "#shared/audit/receipt.ts";
import type { LogRequest } from "#shared/audit/wire.ts";
import { type Failure, fail } from "#shared/failure.ts";
import { contract } from "#shared/ipc/contract.ts";
import { err, ok, type Result } from "#shared/result.ts";
import { fakeActs } from "./fake-acts.ts";
import { FakeLog } from "./fake-log.ts";
import type { FakeState } from "./fake-state.ts";

const os = implement(contract);

const LINES = 260;

const newKey = async (): Promise<SigningKey> => {
  const { privateKey } = await generateKeyPair("Ed25519", { extractable: true });
  const jwk = await exportJWK(privateKey);
  return SigningKey.parse({ ...jwk, kid: await calculateJwkThumbprint(jwk) });
};

const fits = ({ entry, openings }: Line, asked: LogRequest): boolean =>
  (asked.type === undefined || entry.intent.type.startsWith(asked.type)) &&
  (asked.actor === undefined || entry.actor.accountId === asked.actor) &&
  (asked.outcome === undefined || entry.outcome.applied === (asked.outcome === "applied")) &&
  (asked.from === undefined || entry.serverTime >= asked.from) &&
  (asked.to === undefined || entry.serverTime <= asked.to) &&
  (asked.text === undefined ||
    JSON.stringify([entry, openings]).toLowerCase().includes(asked.text.toLowerCase()));

/** The log of the viewer's organisation, provable as the real one; it needs the line, as that does. */
export const fakeAudit = (state: FakeState) => {
  let made: FakeLog | null = null;
  const log = (): FakeLog => {
    const { viewer } = state;
    const acts = viewer === null ? [] : fakeActs(Date.now(), viewer, LINES);
    made ??= new FakeLog(viewer?.tenant.id ?? "", acts);
    return made;
  };
  let key: Promise<SigningKey> | null = null;
  const signed = async () => {
    key ??= newKey();
    const signing = await key;
    const { id, lines, root } = log();
    const head = { log: id, size: lines.length, root, at: new Date().toISOString() };
    return { head: await signHead(head, signing), keys: Keys.parse({ keys: [signing] }) };
  };
  const online = (): Result<null, Failure> =>
    state.sync.phase === "offline" ? err(fail("server-unreachable")) : ok(null);
  const headOf = ({ lines, root }: FakeLog) => ({ size: lines.length, root });

  return {
    watch: os.audit.watch.handler(({ signal }) => {
      const at = new Date(Date.now() - 120_000).toISOString();
      return state.bell.follow(
        () => ({ head: { ...headOf(log()), at }, alarm: state.auditAlarm, evidence: null }),
        signal,
      );
    }),
    acts: os.audit.acts.handler(({ signal }) =>
      state.bell.follow(
        () =>
          log()
            .lines.filter(({ entry }) => entry.outcome.applied)
            .slice(-12)
            .reverse()
            .map(({ entry }) => ({
              ...{ intentId: entry.intent.id, type: entry.intent.type },
              ...{ at: entry.serverTime, subject: "T-4K7QZ2 · Chiller 6" },
            })),
        signal,
      ),
    ),
    page: os.audit.page.handler(({ input }) => {
      const reached = online();
      if (!reached.ok) return reached;
      const { id, lines } = log();
      const left = [...lines]
        .reverse()
        .filter(({ seq }) => input.after === undefined || seq < input.after)
        .filter((line) => fits(line, input));
      const page = left.slice(0, input.limit);
      const next = left.length > page.length ? (page.at(-1)?.seq ?? null) : null;
      return ok({ log: id, lines: page, next });
    }),
    receipt: os.audit.receipt.handler(async ({ input }) => {
      const reached = online();
      if (!reached.ok) return reached;
      const line = log().lines.find(({ entry }) => entry.intent.id === input.intentId);
      if (line === undefined) return err(fail("not-found"));
      const receipt: Receipt = {
        ...{ format: "riversync-audit-receipt", version: 1, log: line.log },
        ...{ line, index: line.seq - 1, proof: await log().proof(line.seq) },
        ...(await signed()),
      };
      return ok({ receipt });
    }),
    export: os.audit.export.handler(async ({ input: { format } }) => {
      const reached = online();
      if (!reached.ok) return reached;
      const { id, lines } = log();
      const header: ExportHeader = {
        ...{ format: "riversync-audit-log", version: 1, log: id },
        ...(await signed()),
      };
      const rows = [header, ...lines].map((line) => JSON.stringify(line));
      const file = new Blob([rows.join("\n")]);
      return ok({ file, name: `riversync-audit.${format}`, lines: lines.length });
    }),
    verify: os.audit.verify.handler(async ({ input: { file } }) => {
      const text = new TextDecoder().decode(await file.arrayBuffer());
      const rows = text.trim().split("\n");
      if (rows[0]?.includes("riversync-audit-log") === true) {
        const proven = await verifyExport(rowsOf(rows));
        if (!proven.ok) return proven;
        const { size, at } = proven.value.head;
        return ok({ kind: "log" as const, lines: size, at });
      }
      const proven = await verifyReceipt(json(text));
      if (!proven.ok) return proven;
      return ok({ kind: "receipt" as const, lines: 1, at: proven.value.head.at });
    }),
  };
};

async function* rowsOf(rows: readonly string[]) {
  yield* rows;
}

const json = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};
