import { pipeline, Readable } from "node:stream";
import { stringify } from "csv-stringify";
import type { Viewer } from "#shared/access/viewer.ts";
import { mask, open } from "#shared/audit/entry.ts";
import type { ExportHeader } from "#shared/audit/export.ts";
import { type Line, lineHash } from "#shared/audit/line.ts";
import type { Store } from "../store/store.ts";
import { firstLines } from "./lines.ts";
import { sightOf } from "./readers.ts";

/** The lines of a log that a head speaks of, as the viewer may see them. */
async function* seenLines(
  store: Store,
  viewer: Viewer,
  log: string,
  size: number,
): AsyncGenerator<Line> {
  for await (const line of firstLines(store, log, size)) {
    yield mask(line, sightOf(viewer, line) ?? (() => false));
  }
}

async function* texts(header: ExportHeader, lines: AsyncIterable<Line>) {
  yield `${JSON.stringify(header)}\n`;
  for await (const line of lines) yield `${JSON.stringify(line)}\n`;
}

/** A log as a file of JSON lines, which anybody can verify. */
export const asJsonLines = (
  store: Store,
  viewer: Viewer,
  header: ExportHeader,
  size: number,
): Readable => Readable.from(texts(header, seenLines(store, viewer, header.log, size)));

const cells = (line: Line) => {
  const opened = open(line);
  if (!opened.ok) throw new Error(`line ${line.seq} of ${line.log}: ${opened.error.code}`);
  const { actor, via, intent, outcome, changes, serverTime, deviceTime } = opened.value;
  const target = (intent.target ?? {}) as { kind?: unknown; id?: unknown };
  return {
    ...{ line: line.seq, server_time: serverTime, device_time: deviceTime },
    ...{ actor: actor.name, organisation: actor.tenantName, app: via.app },
    ...{ installation: via.installation, act: intent.type, intent: intent.id },
    ...{ target_kind: target.kind ?? "", target: target.id ?? "" },
    ...{ outcome: outcome.applied ? "applied" : outcome.failure.code },
    ...{ payload: JSON.stringify(intent.payload ?? null), changes: JSON.stringify(changes) },
    hash: lineHash(line),
  };
};

async function* rows(lines: AsyncIterable<Line>) {
  for await (const line of lines) yield cells(line);
}

/** A log as a table. What a spreadsheet would take for a formula is made plain text. */
export const asTable = (store: Store, viewer: Viewer, log: string, size: number): Readable => {
  const lines = Readable.from(rows(seenLines(store, viewer, log, size)));
  const table = stringify({ header: true, bom: true, escape_formulas: true });
  // Whoever reads the table hears of what went wrong: it ends in that error.
  return pipeline(lines, table, () => {});
};
