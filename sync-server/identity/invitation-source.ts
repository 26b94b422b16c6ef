import { createHash } from "node:crypto";
import type { Transaction } from "kysely";
import type { Failure } from "#shared/failure.ts";
import type { Result } from "#shared/result.ts";
import type { Database } from "../store/schema.ts";

/** Whom an invitation is for, as the page of it says. */
export interface Invited {
  name: string;
  email: string;
  tenantName: string;
}

/**
 * Invitations of people into an organisation (ACC-2). A token is known by its hash alone
 * ({@link hashOfInvitation}), is good once and for a time; spent, expired and unknown ones get one
 * and the same answer.
 */
export interface InvitationSource {
  /** Whom it is for, null where it is not good any more. */
  peek(token: string): Promise<Invited | null>;
  /**
   * Spends it and answers the account that is now active; refuses with `invitation-ended`. What
   * `alongside` writes stands or falls with it.
   */
  accept(
    token: string,
    alongside?: (tx: Transaction<Database>, accountId: string) => Promise<void>,
  ): Promise<Result<{ accountId: string }, Failure>>;
}

/** What a store keeps of an invitation's token (SHA-256, hexadecimal): who reads it cannot use it. */
export const hashOfInvitation = (token: string): string =>
  createHash("sha256").update(token).digest("hex");
