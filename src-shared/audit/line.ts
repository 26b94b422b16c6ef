import { z } from "zod";
import { type Failure, fail } from "../failure.ts";
import { canonical } from "./canonical.ts";
import { CompactRange, type TreeNode } from "./compact-range.ts";
import { CommittedEntry, Openings, open } from "./entry.ts";
import { Hash, leafHash } from "./merkle.ts";

/** What the first line of every log follows from. */
export const START: Hash = "0".repeat(64);

/**
 * A line of the log of an organisation (PRT-4): numbered from 1 without gaps, `prev` the hash of the
 * line before it. The openings lie beside what is hashed, as far as its reader may see them.
 */
export const Line = z.object({
  log: z.string(),
  seq: z.int().min(1),
  prev: Hash,
  entry: CommittedEntry,
  openings: Openings,
});
export type Line = z.infer<typeof Line>;

/**
 * The hash of a line: the next one carries it, so that the lines are a chain, and it is the line's
 * leaf in the tree over the log (RFC 9162). It is taken of the line's canonical text without openings.
 */
export const lineHash = ({ log, seq, prev, entry }: Omit<Line, "openings">): Hash =>
  leafHash(canonical({ log, seq, prev, entry }));

/** Reads a log from its first line on and checks each line: its place, the chain, its openings. */
export class LineCheck {
  readonly #tree = new CompactRange();
  readonly #log: string;
  #last = START;

  constructor(log: string) {
    this.#log = log;
  }

  /** How many lines held so far. */
  get size(): number {
    return this.#tree.size;
  }

  /** The root over the lines that held so far. */
  get root(): Hash {
    return this.#tree.root;
  }

  /**
   * Takes the next line; answers the inner nodes of the tree it completes, or why it does not hold:
   * `audit-chain-broken` or `audit-opening-false`, with its number.
   */
  add(line: Line): { nodes: TreeNode[] } | { failure: Failure } {
    const seq = this.size + 1;
    if (line.log !== this.#log || line.seq !== seq || line.prev !== this.#last) {
      return { failure: fail("audit-chain-broken", { seq }) };
    }
    const opened = open(line);
    if (!opened.ok) return { failure: fail(opened.error.code, { ...opened.error.params, seq }) };
    this.#last = lineHash(line);
    return { nodes: this.#tree.append(this.#last) };
  }
}
