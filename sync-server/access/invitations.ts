import type { Transaction } from "kysely";
import type { Access, Person } from "#shared/domain/person/person.ts";
import { type Failure, fail } from "#shared/failure.ts";
import { err, ok, type Result } from "#shared/result.ts";
import { appendAudit } from "../audit/log.ts";
import { emit } from "../events/outbox.ts";
import { hashOfInvitation, type InvitationSource } from "../identity/invitation-source.ts";
import type { Database } from "../store/schema.ts";
import type { Store } from "../store/store.ts";
import { runsBesideOthers, transact } from "../store/transact.ts";
import { RecordWriter } from "../sync/write-records.ts";

type Invitee = Person & { access: Access };

/** Whom a secret invites: null where it is unknown, spent, withdrawn or too old (`at`, ISO). */
const inviteeOf = async (
  tx: Transaction<Database>,
  token: string,
  at: string,
): Promise<Invitee | null> => {
  const row = await tx
    .selectFrom("invitation")
    .innerJoin("record", "record.id", "invitation.person_id")
    .select("record.data")
    .where("invitation.hash", "=", hashOfInvitation(token))
    .$if(runsBesideOthers(tx), (q) => q.forUpdate())
    .executeTakeFirst();
  if (row === undefined) return null;
  const person = JSON.parse(row.data) as Person;
  const { access } = person;
  return access?.status === "invited" && at < (access.inviteUntil ?? "")
    ? { ...person, access }
    : null;
};

const accept = async (
  tx: Transaction<Database>,
  store: Store,
  person: Invitee,
  at: string,
): Promise<Result<{ accountId: string }, Failure>> => {
  const { id, tenantId, name, access } = person;
  const taken = await tx
    .selectFrom("account")
    .select("id")
    .where("login", "=", access.email)
    .executeTakeFirst();
  // One account belongs to one organisation (ID-1).
  if (taken !== undefined) return err(fail("email-in-use", { email: access.email }));
  const tenant = await tx
    .selectFrom("tenant")
    .select("name")
    .where("id", "=", tenantId)
    .executeTakeFirstOrThrow();
  const writer = new RecordWriter(tx, at);
  const joined: Access = { ...access, status: "active", inviteHash: null, inviteUntil: null };
  await writer.put({ kind: "person", id, data: { ...person, access: joined } });
  const heads = await writer.settle();
  await appendAudit(tx, tenantId, {
    actor: { accountId: id, name, tenantId, tenantName: tenant.name },
    via: { app: "account", installation: "", appVersion: "" },
    intent: { id: "", type: "person.accept", target: { kind: "person", id }, payload: null },
    outcome: { applied: true },
    changes: { status: [access.status, joined.status] },
    deviceTime: "",
    serverTime: at,
  });
  await emit(tx, {
    ...{ id: `${id}:accepted:${at}`, type: "user.accepted", subject: id, time: at },
    data: { tenantId, roles: access.roles },
  });
  await store.announce(tx, heads, writer.accounts);
  return ok({ accountId: id });
};

/**
 * Invitations as the store keeps them (ACC-2): looked at, and accepted once, which makes the account.
 * Spent, withdrawn, expired and unknown ones get one and the same answer (`invitation-ended`).
 */
export const invitationsOf = (store: Store, now: () => string): InvitationSource => ({
  peek: (token: string) =>
    transact(store.db, async (tx) => {
      const person = await inviteeOf(tx, token, now());
      if (person === null) return null;
      const tenant = await tx
        .selectFrom("tenant")
        .select("name")
        .where("id", "=", person.tenantId)
        .executeTakeFirstOrThrow();
      return { name: person.name, email: person.access.email, tenantName: tenant.name };
    }),
  accept: (token, alongside) =>
    transact(store.db, async (tx): Promise<Result<{ accountId: string }, Failure>> => {
      const at = now();
      const person = await inviteeOf(tx, token, at);
      if (person === null) return err(fail("invitation-ended"));
      const accepted = await accept(tx, store, person, at);
      if (accepted.ok) await alongside?.(tx, accepted.value.accountId);
      return accepted;
    }),
});
