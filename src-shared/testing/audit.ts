import { calculateJwkThumbprint, exportJWK, generateKeyPair } from "jose";
import { CompactRange } from "../audit/compact-range.ts";
import { type AuditEntry, commit } from "../audit/entry.ts";
import type { ExportHeader } from "../audit/export.ts";
import { Keys, SigningKey, signHead } from "../audit/head.ts";
import { type Line, lineHash, START } from "../audit/line.ts";
import type { Receipt } from "../audit/receipt.ts";
import { consistencyProof, inclusionProof, type ReadNodes } from "../audit/subtrees.ts";
import { id, NOW } from "./builders.ts";

/** An entry of an audit log: Nok noted `text` on a ticket, whose status changed. */
export const auditEntry = (text: string): AuditEntry => ({
  actor: { accountId: id("Nok"), name: "Nok", tenantId: id("Nera"), tenantName: "Nera" },
  via: { app: "partners", installation: id("tablet"), appVersion: "test" },
  intent: {
    id: id(`intent ${text}`),
    type: "ticket.note",
    target: { kind: "ticket", id: id("ticket") },
    payload: { text, urgent: false },
  },
  outcome: { applied: true },
  changes: { status: ["new", "assigned"], notes: [[], [text]] },
  overrode: [{ field: "status", value: "new", by: "Tam", at: NOW }],
  deviceTime: NOW,
  skew: null,
  serverTime: NOW,
});

/** A key to sign heads with. */
export const auditKey = async (): Promise<SigningKey> => {
  const { privateKey } = await generateKeyPair("Ed25519", { extractable: true });
  const jwk = await exportJWK(privateKey);
  return SigningKey.parse({ ...jwk, kid: await calculateJwkThumbprint(jwk) });
};

/** The public half of a key. */
export const publicHalf = (key: SigningKey): Keys => Keys.parse({ keys: [key] });

/** A log in memory, which does what a server does; two that tell the same are the same. */
export class AuditLog {
  readonly id: string;
  readonly lines: Line[] = [];
  readonly #tree = new CompactRange();
  readonly #nodes = new Map<string, string>();
  #salts = 0;

  constructor(log: string, texts: readonly string[]) {
    this.id = log;
    for (const text of texts) this.add(text);
  }

  add(text: string): void {
    const last = this.lines.at(-1);
    const line = {
      log: this.id,
      seq: this.lines.length + 1,
      prev: last === undefined ? START : lineHash(last),
      ...commit(auditEntry(text), () => this.#salt()),
    };
    this.lines.push(line);
    const leaf = { level: 0, index: line.seq - 1, hash: lineHash(line) };
    for (const { level, index, hash } of [leaf, ...this.#tree.append(leaf.hash)]) {
      this.#nodes.set(`${level}/${index}`, hash);
    }
  }

  #salt(): string {
    this.#salts += 1;
    return this.#salts.toString(16).padStart(32, "0");
  }

  readonly #read: ReadNodes = async (nodes) =>
    nodes.map(({ level, index }) => this.#nodes.get(`${level}/${index}`) ?? "");

  head(key: SigningKey, at = NOW): Promise<string> {
    return signHead({ log: this.id, size: this.#tree.size, root: this.#tree.root, at }, key);
  }

  consistency(from: number): Promise<string[]> {
    return consistencyProof(from, this.#tree.size, this.#read);
  }

  async receipt(seq: number, key: SigningKey): Promise<Receipt> {
    const line = this.lines[seq - 1];
    if (line === undefined) throw new Error(`there is no line ${seq}`);
    return {
      ...{ format: "riversync-audit-receipt", version: 1, log: this.id, line, index: seq - 1 },
      ...{ head: await this.head(key), keys: publicHalf(key) },
      proof: await inclusionProof(seq - 1, this.#tree.size, this.#read),
    };
  }

  /** The log as a file, line by line. */
  async export(key: SigningKey): Promise<string[]> {
    const header: ExportHeader = {
      ...{ format: "riversync-audit-log", version: 1, log: this.id },
      ...{ head: await this.head(key), keys: publicHalf(key) },
    };
    return [header, ...this.lines].map((line) => JSON.stringify(line));
  }
}
