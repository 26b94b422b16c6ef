import type { App } from "#shared/access/apps.ts";
import type { Member, Organisation, OwnRole } from "../../../../data/use-people.ts";
import type { UserAsk } from "../user-search.ts";

/** Someone in the list, with the role held in each of the organisation's apps. */
export interface UserRow {
  member: Member;
  roles: { app: App; role: OwnRole | null }[];
}

const fits = (ask: UserAsk, { member, roles }: UserRow): boolean => {
  const { search, statuses, apps, roles: wanted } = ask;
  const said = [member.name, member.access.email, ...roles.map(({ role }) => role?.name ?? "")];
  const held = roles.filter(({ role }) => role !== null);
  return (
    said.join("\n").toLowerCase().includes(search.trim().toLowerCase()) &&
    (statuses.length === 0 || statuses.includes(member.access.status)) &&
    (apps.length === 0 || held.some(({ app }) => apps.includes(app))) &&
    (wanted.length === 0 || held.some(({ role }) => role !== null && wanted.includes(role.id)))
  );
};

const order = { active: 0, invited: 0, suspended: 1, withdrawn: 2 } as const;

/** The people under an ask, by name; who is no longer in stands at the end. */
export const userRows = (
  { people, roles }: Organisation,
  apps: readonly App[],
  ask: UserAsk,
): UserRow[] => {
  const known = new Map(roles.map((role) => [role.id, role]));
  return people
    .map((member) => ({
      member,
      roles: apps.map((app) => ({ app, role: known.get(member.access.roles[app] ?? "") ?? null })),
    }))
    .filter((row) => fits(ask, row))
    .sort((a, b) => order[a.member.access.status] - order[b.member.access.status]);
};
