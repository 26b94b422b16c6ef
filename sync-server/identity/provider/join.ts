/// <reference path="./oidc-provider.d.ts" />
import type { Interaction } from "oidc-provider";
import type { Failure } from "#shared/failure.ts";
import { err, ok, type Result } from "#shared/result.ts";
import type { InvitationSource, Invited } from "../invitation-source.ts";
import type { CredentialStore } from "./credential-store.ts";

/** A password has at least so many characters; more rules make worse passwords (NIST SP 800-63B). */
export const PASSWORD_CHARACTERS = 10;
const LONGEST_PASSWORD = 200;

/** Why a chosen password is not taken. */
export type PasswordProblem = { code: "password-short" } | { code: "password-differs" };

/** What choosing a password came to. */
type Joined = Result<{ accountId: string }, PasswordProblem | Failure>;

/** Lets whoever holds an invitation choose a password, and with it become who was invited (ACC-2). */
export const createJoin = (
  invitations: InvitationSource | undefined,
  credentials: CredentialStore,
) => {
  const tokenOf = ({ params, prompt }: Interaction): string | undefined =>
    // A person who is known already is asked whether to go on, not who they are.
    prompt.name === "login" && typeof params.invitation === "string" && params.invitation !== ""
      ? params.invitation
      : undefined;

  return {
    /** Whom the sign-in's invitation is for; null of one that is good no more, undefined of none. */
    invited: async (interaction: Interaction): Promise<Invited | null | undefined> => {
      const token = tokenOf(interaction);
      return token === undefined ? undefined : ((await invitations?.peek(token)) ?? null);
    },

    /** Spends the invitation, and keeps the password; one that is not taken spends nothing. */
    join: async (interaction: Interaction, form: URLSearchParams): Promise<Joined | undefined> => {
      const token = tokenOf(interaction);
      if (token === undefined || invitations === undefined) return undefined;
      const password = form.get("password") ?? "";
      const length = [...password.normalize("NFKC")].length;
      if (length < PASSWORD_CHARACTERS || length > LONGEST_PASSWORD) {
        return err({ code: "password-short" });
      }
      if (form.get("again") !== password) return err({ code: "password-differs" });
      const accepted = await invitations.accept(token);
      if (!accepted.ok) return accepted;
      await credentials.setPassword(accepted.value.accountId, password);
      return ok(accepted.value);
    },
  };
};
