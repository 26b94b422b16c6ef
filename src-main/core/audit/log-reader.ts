import { open } from "#shared/audit/entry.ts";
import { verifyExport } from "#shared/audit/export.ts";
import { type Receipt, verifyReceipt } from "#shared/audit/receipt.ts";
import { auditRoutes, type LogRequest, LogResponse, ReceiptsResponse } from "#shared/audit/wire.ts";
import { type Failure, fail } from "#shared/failure.ts";
import { err, ok, type Result } from "#shared/result.ts";
import type { ServerClient } from "../sync/server-client.ts";
import type { LogWatch } from "./log-watch.ts";

/** What a file turned out to prove. */
interface Verified {
  kind: "receipt" | "log";
  lines: number;
  /** When its head was signed, ISO. */
  at: string;
}

async function* linesOf(text: string): AsyncGenerator<string> {
  let from = 0;
  while (from < text.length) {
    const end = text.indexOf("\n", from);
    yield text.slice(from, end === -1 ? text.length : end);
    from = end === -1 ? text.length : end + 1;
  }
}

/** Reads the organisation's log at the server, and hands on nothing that does not hold (PRT-4). */
export class LogReader {
  readonly #server: Pick<ServerClient, "ask" | "text">;
  readonly #watch: LogWatch;

  constructor(server: Pick<ServerClient, "ask" | "text">, watch: LogWatch) {
    this.#server = server;
    this.#watch = watch;
  }

  /** Lines of the log. Each value is what was committed to; a newer log is looked at first. */
  async page(wanted: LogRequest): Promise<Result<LogResponse, Failure>> {
    const query = new URLSearchParams(
      Object.entries(wanted).flatMap(([name, value]): [string, string][] =>
        value === undefined ? [] : [[name, String(value)]],
      ),
    );
    const page = await this.#server.ask(`${auditRoutes.log}?${query}`, LogResponse);
    if (!page.ok) return page;
    for (const line of page.value.lines) {
      const opened = open(line);
      if (!opened.ok) return opened;
    }
    const last = page.value.lines.reduce((max, { seq }) => Math.max(max, seq), 0);
    if (last > (this.#watch.state$.value.head?.size ?? 0)) void this.#watch.look();
    return page;
  }

  /** The receipt of an act, in whichever log or in that of `log`; `not-found` where there is none. */
  async receipt(intentId: string, log?: string): Promise<Result<{ receipt: Receipt }, Failure>> {
    const body = { intentIds: [intentId] };
    const answer = await this.#server.ask(auditRoutes.receipts, ReceiptsResponse, body);
    if (!answer.ok) return answer;
    const receipt = answer.value.receipts.find((one) => log === undefined || one.log === log);
    if (receipt === undefined) return err(fail("not-found"));
    const proven = await verifyReceipt(receipt, (await this.#watch.seen())?.keys);
    return proven.ok ? ok({ receipt }) : proven;
  }

  /** The whole log as a file, every line of it checked against the last head seen here. */
  async export(
    format: "ndjson" | "csv",
  ): Promise<Result<{ file: Blob; name: string; lines: number }, Failure>> {
    const whole = await this.#server.text(`${auditRoutes.export}?format=ndjson`);
    if (!whole.ok) return whole;
    const seen = await this.#watch.seen();
    const proven = await verifyExport(linesOf(whole.value), {
      keys: seen?.keys,
      earlier: seen?.signed,
    });
    if (!proven.ok) return proven;
    const { size } = proven.value.head;
    const text =
      format === "ndjson" ? whole : await this.#server.text(`${auditRoutes.export}?format=csv`);
    if (!text.ok) return text;
    const type = format === "csv" ? "text/csv" : "application/x-ndjson";
    const file = new Blob([text.value], { type });
    return ok({ file, name: `audit-log-${size}.${format}`, lines: size });
  }

  /** Whether a receipt or an exported log holds, asking nobody; by the keys this device knows. */
  async verify(file: { arrayBuffer(): Promise<ArrayBuffer> }): Promise<Result<Verified, Failure>> {
    const text = new TextDecoder().decode(await file.arrayBuffer());
    const seen = await this.#watch.seen();
    if (text.slice(0, 200).includes("riversync-audit-log")) {
      const proven = await verifyExport(linesOf(text), { keys: seen?.keys });
      if (!proven.ok) return proven;
      const { size, at } = proven.value.head;
      return ok({ kind: "log", lines: size, at });
    }
    const proven = await verifyReceipt(jsonOf(text), seen?.keys);
    return proven.ok ? ok({ kind: "receipt", lines: 1, at: proven.value.head.at }) : proven;
  }
}

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};
