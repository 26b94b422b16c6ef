import { fail } from "#shared/failure.ts";
import { err, ok } from "#shared/result.ts";
import { hashOfInvitation, type InvitationSource, type Invited } from "../invitation-source.ts";

/** An invitation as a test makes it: whom it makes active, and until when it is good (ms). */
export interface TestInvitation extends Invited {
  token: string;
  accountId: string;
  endsAt?: number;
}

/** Invitations in memory: known by their hash, good once and for a time. */
export const createInvitations = (
  given: readonly TestInvitation[],
  accepted: (accountId: string) => void = () => {},
): InvitationSource => {
  const open = new Map(given.map((i) => [hashOfInvitation(i.token), i]));
  const good = (token: string) => {
    const found = open.get(hashOfInvitation(token));
    return found === undefined || Date.now() >= (found.endsAt ?? Infinity) ? null : found;
  };
  return {
    peek: async (token) => {
      const found = good(token);
      return found && { name: found.name, email: found.email, tenantName: found.tenantName };
    },
    accept: async (token) => {
      const found = good(token);
      if (found === null) return err(fail("invitation-ended"));
      open.delete(hashOfInvitation(token));
      accepted(found.accountId);
      return ok({ accountId: found.accountId });
    },
  };
};
