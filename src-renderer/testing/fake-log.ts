import { CompactRange } from "#shared/audit/compact-range.ts";
import { type AuditEntry, commit } from "#shared/audit/entry.ts";
import { type Line, lineHash, START } from "#shared/audit/line.ts";
import type { Hash } from "#shared/audit/merkle.ts";
import { inclusionProof } from "#shared/audit/subtrees.ts";

/** An audit log in memory, chained and provable as a server's is. */
export class FakeLog {
  readonly lines: Line[] = [];
  readonly #tree = new CompactRange();
  readonly #nodes = new Map<string, Hash>();
  #salts = 0;
  readonly id: string;

  constructor(id: string, entries: readonly AuditEntry[]) {
    this.id = id;
    for (const entry of entries) this.add(entry);
  }

  get root(): Hash {
    return this.#tree.root;
  }

  /** Appends an entry. */
  add(entry: AuditEntry): void {
    const last = this.lines.at(-1);
    const line = {
      log: this.id,
      seq: this.lines.length + 1,
      prev: last === undefined ? START : lineHash(last),
      ...commit(entry, () => {
        this.#salts += 1;
        return this.#salts.toString(16).padStart(32, "0");
      }),
    };
    this.lines.push(line);
    const leaf = { level: 0, index: line.seq - 1, hash: lineHash(line) };
    for (const { level, index, hash } of [leaf, ...this.#tree.append(leaf.hash)]) {
      this.#nodes.set(`${level}/${index}`, hash);
    }
  }

  /** What leads from a line to the root. */
  proof(seq: number): Promise<Hash[]> {
    return inclusionProof(seq - 1, this.lines.length, async (nodes) =>
      nodes.map(({ level, index }) => this.#nodes.get(`${level}/${index}`) ?? ""),
    );
  }
}
