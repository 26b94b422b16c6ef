import { z } from "zod";
import { Id, Instant } from "../domain/common.ts";
import { SignedHead } from "./head.ts";
import { Line } from "./line.ts";
import { Hash } from "./merkle.ts";
import { Receipt } from "./receipt.ts";

/** Which log is asked: that of the caller's own organisation where nothing is said. */
const which = { log: Id.optional() };
const number = (min: number, max = Number.MAX_SAFE_INTEGER) =>
  z.coerce.number().int().min(min).max(max);

/**
 * Asks for lines of a log, from its end (`newest`) or its beginning, after line `after` in that
 * direction, those alone to which everything applies that is given: a type or its beginning
 * ("ticket."), the account that acted, the outcome, when the server heard of it, and a text in what
 * the caller may see.
 */
export const LogRequest = z.object({
  ...which,
  after: number(1).optional(),
  limit: number(1, 500).default(100),
  order: z.enum(["newest", "oldest"]).default("newest"),
  type: z.string().max(64).optional(),
  actor: Id.optional(),
  outcome: z.enum(["applied", "refused"]).optional(),
  from: Instant.optional(),
  to: Instant.optional(),
  text: z.string().trim().min(1).max(200).optional(),
});
export type LogRequest = z.infer<typeof LogRequest>;

/**
 * Lines of a log, with the openings the caller may see. `next` is what to go on after, null at the
 * end: a text is looked for in so many lines at a time, so a page may be short and not the last.
 */
export const LogResponse = z.object({
  log: z.string(),
  lines: z.array(Line),
  next: z.int().nullable(),
});
export type LogResponse = z.infer<typeof LogResponse>;

/** Asks for the head of a log as it is now, or for all of it in a file. */
export const HeadRequest = z.object(which);

/** The signed head. */
export const HeadResponse = z.object({ head: SignedHead });
export type HeadResponse = z.infer<typeof HeadResponse>;

/** Asks for the proof that the first `from` lines of a log are the beginning of its first `to`. */
export const ConsistencyRequest = z.object({ ...which, from: number(0), to: number(0) });

/** Asks for the proof that line `seq` is among the first `size` of a log. */
export const InclusionRequest = z.object({ ...which, seq: number(1), size: number(1) });

/** A proof (RFC 9162). */
export const ProofResponse = z.object({ proof: z.array(Hash) });
export type ProofResponse = z.infer<typeof ProofResponse>;

/** Asks for the receipts of intents. */
export const ReceiptsRequest = z.object({ intentIds: z.array(Id).min(1).max(200) });

/** A receipt for each intent that the caller made, or that a log tells of which they may read. */
export const ReceiptsResponse = z.object({ receipts: z.array(Receipt) });
export type ReceiptsResponse = z.infer<typeof ReceiptsResponse>;

/** Asks for a whole log as a file: JSON lines, which can be verified, or a table for people. */
export const ExportRequest = z.object({
  ...which,
  format: z.enum(["ndjson", "csv"]).default("ndjson"),
});

/** Where the server answers what of the audit log. */
export const auditRoutes = {
  log: "/audit/log",
  head: "/audit/head",
  consistency: "/audit/consistency",
  inclusion: "/audit/inclusion",
  receipts: "/audit/receipts",
  export: "/audit/export",
  keys: "/audit/keys",
} as const;
