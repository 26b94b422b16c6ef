import { z } from "zod";
import { type App, apps } from "../../access/apps.ts";
import { Scope } from "../../access/scope.ts";
import { type Failure, fail } from "../../failure.ts";
import { Id, Text } from "../common.ts";
import { change, create, type Judging } from "../intent.ts";
import { isFixed, type TenantRole } from "../role/role.ts";
import { holdsOwner, titleOf } from "./holding.ts";
import type { Access, Person } from "./person.ts";

/** How long an invitation can be accepted, days. */
export const INVITATION_DAYS = 14;

const base = { kind: "person", permission: "users", needsAll: ["person", "role"] } as const;

const InviteHash = z.string().regex(/^[0-9a-f]{64}$/);
const Roles = z.partialRecord(z.enum(apps), Id);

const rolesOf = (on: Judging) => on.all<TenantRole>("role");
const peopleOf = (on: Judging) => on.all<Person>("person");

/** Whether each role is the organisation's, reaches its app, and is the actor's to give. */
const rolesFit = (roles: Access["roles"], on: Judging): Failure | null => {
  const known = new Map(rolesOf(on).map((role) => [role.id, role]));
  for (const [app, id] of Object.entries(roles)) {
    const role = known.get(id);
    if (role === undefined || role.status === "removed")
      return fail("target-unknown", { kind: "role" });
    if (!role.apps.includes(app as App)) return fail("role-unfit", { role: role.name });
    if (isFixed(role) && !isOwner(on.actor.accountId, on)) return fail("owner-only");
  }
  return null;
};

const isOwner = (id: string, on: Judging): boolean =>
  peopleOf(on).some((person) => person.id === id && holdsOwner(person, rolesOf(on)));

/** Nobody changes what they themselves may do, and only an owner what another owner may. */
const mayChange = (person: Person, on: Judging): Failure | null => {
  if (person.access === undefined) return fail("target-unknown", { kind: "person" });
  if (person.id === on.actor.accountId) return fail("own-role");
  return holdsOwner(person, rolesOf(on)) && !isOwner(on.actor.accountId, on)
    ? fail("owner-only")
    : null;
};

/** An organisation is never left without an owner who can act. */
const leavesNoOwner = (person: Person, on: Judging): Failure | null =>
  holdsOwner(person, rolesOf(on)) &&
  !peopleOf(on).some(
    (other) =>
      other.id !== person.id && other.access?.status === "active" && holdsOwner(other, rolesOf(on)),
  )
    ? fail("last-owner")
    : null;

const untilOf = (at: string): string =>
  new Date(Date.parse(at) + INVITATION_DAYS * 86_400_000).toISOString();

const withAccess = (person: Person, access: Partial<Access>, on: Judging): Person => {
  const next = { ...(person.access as Access), ...access };
  return { ...person, ...titleOf(next.roles, rolesOf(on)), access: next };
};

const inState = (person: Person, ...states: Access["status"][]): Failure | null => {
  const state = person.access?.status ?? "withdrawn";
  return states.includes(state) ? null : fail("wrong-state", { state, allowed: states.join(", ") });
};

const invite = create({
  ...base,
  event: "user.invited",
  payload: z.strictObject({
    name: Text(120),
    email: z.email().max(254).toLowerCase(),
    locale: z.enum(["en", "th"]),
    roles: Roles,
    inviteHash: InviteHash,
  }),
  guard: (_none, p, on) =>
    peopleOf(on).some(({ access }) => access?.email.toLowerCase() === p.email)
      ? fail("email-in-use", { email: p.email })
      : rolesFit(p.roles, on),
  reduce: (_none, p, on): Person => ({
    id: on.targetId,
    tenantId: on.actor.tenantId,
    name: p.name,
    ...titleOf(p.roles, rolesOf(on)),
    access: {
      email: p.email,
      locale: p.locale,
      status: "invited",
      roles: p.roles,
      scope: null,
      invitedBy: on.actor.name,
      invitedAt: on.at,
      inviteUntil: untilOf(on.at),
      inviteHash: p.inviteHash,
    },
  }),
});

const inviteAgain = change({
  ...base,
  event: "user.invited",
  payload: z.strictObject({ inviteHash: InviteHash }),
  guard: (person: Person, _p, on) =>
    mayChange(person, on) ?? inState(person, "invited", "withdrawn"),
  reduce: (person, p, on) =>
    withAccess(
      person,
      {
        status: "invited",
        invitedBy: on.actor.name,
        invitedAt: on.at,
        inviteUntil: untilOf(on.at),
        inviteHash: p.inviteHash,
      },
      on,
    ),
});

const withdrawInvitation = change({
  ...base,
  payload: z.strictObject({}),
  guard: (person: Person, _p, on) => mayChange(person, on) ?? inState(person, "invited"),
  reduce: (person, _p, on) =>
    withAccess(person, { status: "withdrawn", inviteHash: null, inviteUntil: null }, on),
});

/** One role per app: the new one takes the place of the old (AUTH-1). */
const withRole = (
  person: Person,
  { app, roleId }: { app: App; roleId: string | null },
  on: Judging,
): Person => {
  const { [app]: _held, ...others } = person.access?.roles ?? {};
  return withAccess(person, { roles: roleId === null ? others : { ...others, [app]: roleId } }, on);
};

const changeRole = change({
  ...base,
  event: "user.role-changed",
  payload: z.strictObject({ app: z.enum(apps), roleId: Id.nullable() }),
  guard: (person: Person, p, on) =>
    mayChange(person, on) ??
    (p.roleId === null ? null : rolesFit({ [p.app]: p.roleId }, on)) ??
    ((person.access?.roles[p.app] ?? null) === p.roleId
      ? fail("already-in-state", { state: "granted" })
      : null) ??
    (holdsOwner(withRole(person, p, on), rolesOf(on)) ? null : leavesNoOwner(person, on)),
  reduce: withRole,
});

const setScope = change({
  ...base,
  permission: "permissions",
  event: "user.role-changed",
  payload: z.strictObject({ scope: Scope.nullable() }),
  guard: (person: Person, _p, on) => mayChange(person, on),
  reduce: (person, p, on) => withAccess(person, { scope: p.scope }, on),
});

const suspend = change({
  ...base,
  stepUp: true,
  payload: z.strictObject({}),
  guard: (person: Person, _p, on) =>
    mayChange(person, on) ?? inState(person, "active") ?? leavesNoOwner(person, on),
  reduce: (person, _p, on) => withAccess(person, { status: "suspended" }, on),
});

const restore = change({
  ...base,
  stepUp: true,
  payload: z.strictObject({}),
  guard: (person: Person, _p, on) => mayChange(person, on) ?? inState(person, "suspended"),
  reduce: (person, _p, on) => withAccess(person, { status: "active" }, on),
});

/** What those who run an organisation do about its people (ACC-2, AUTH-1): roles are granted, never made. */
export const personIntents = {
  "person.invite": invite,
  "person.invite-again": inviteAgain,
  "person.withdraw-invitation": withdrawInvitation,
  "person.change-role": changeRole,
  "person.set-scope": setScope,
  "person.suspend": suspend,
  "person.restore": restore,
};
