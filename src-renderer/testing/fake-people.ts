import type { App } from "#shared/access/apps.ts";
import { type RoleTemplate, roleTemplates } from "#shared/access/menu.ts";
import { everywhere, ownVisits, type Scope } from "#shared/access/scope.ts";
import type { Viewer } from "#shared/access/viewer.ts";
import { readsAccess } from "#shared/access/visibility.ts";
import { titleOf } from "#shared/domain/person/holding.ts";
import type { Access, Person } from "#shared/domain/person/person.ts";
import type { TenantRole } from "#shared/domain/role/role.ts";
import { fakeId, hoursFrom } from "./fake-ids.ts";
import { fakeRole, ME } from "./fake-viewer.ts";

/** The role the technicians hold: the coordinator's, for their own visits. */
export const TECHNICIAN = fakeId("role", 10);

/** A role nobody holds. */
export const UNHELD = fakeId("role", 12);

const south: Scope = { ...everywhere, regions: ["Southern Thailand"] };

/** Roles of the organisation's own making, beside one of each template. */
const made: readonly [string, string, RoleTemplate, Partial<TenantRole>][] = [
  [TECHNICIAN, "Technician", "coordinator", { scope: ownVisits }],
  [fakeId("role", 11), "ผู้ประสานงานภาคใต้", "coordinator", { scope: south }],
  [UNHELD, "Bid desk", "sales", {}],
];

/** What their maker has set otherwise than the template gives. */
const otherwise: Record<string, TenantRole["levels"]> = {
  [TECHNICIAN]: { renewals: "hidden", "my-distributors": "hidden" },
  [UNHELD]: { "covered-devices": "hidden" },
};

/** The roles of the viewer's organisation: one of each template, and some made from them. */
export const fakeRoles = ({ tenant }: Viewer): TenantRole[] => {
  const base = { tenantId: tenant.id, status: "active" as const };
  const own = roleTemplates.map((template) => ({ ...fakeRole(template, tenant), ...base }));
  if (tenant.kind !== "partner") return own;
  return [
    ...own,
    ...made.map(([id, name, template, change]): TenantRole => {
      const role = fakeRole(template, tenant);
      const known = Object.entries(otherwise[id] ?? {}).filter(([item]) => item in role.levels);
      const levels = { ...role.levels, ...Object.fromEntries(known) };
      return { ...role, ...base, id, name, levels, ...change };
    }),
  ];
};

interface Known {
  name: string;
  role: RoleTemplate | string;
  status?: Access["status"];
  scope?: Scope;
  /** How long ago they were invited, days. */
  invited?: number;
}

const staff: readonly Known[] = [
  { name: "Somchai Wattana", role: TECHNICIAN },
  { name: "Kanya Rattanakul", role: "administrator" },
  { name: "Arthit Chaiyasit", role: TECHNICIAN, scope: south },
  { name: "Ploy Siriwan", role: "coordinator" },
  { name: "Niran Sukhum", role: "owner", invited: 400 },
  { name: "Mali Thongdee", role: "sales", status: "invited", invited: 5 },
  { name: "สุดารัตน์ แก้วมณี", role: fakeId("role", 11) },
  { name: "Wichai Prasert", role: "coordinator", status: "suspended", invited: 210 },
  { name: "Anchalee Boonsri", role: "sales" },
  { name: "Decha Kraisorn", role: TECHNICIAN },
  { name: "Siriporn Jaidee", role: "reader", invited: 33 },
  { name: "Tanawat Limcharoen", role: TECHNICIAN, status: "invited", invited: 21 },
  { name: "Pim Saelim", role: "sales", status: "withdrawn", invited: 40 },
];

const DAY = 24;

/** The people of the viewer's organisation; what each may do, where the viewer reads it (S8). */
export const fakePeople = (viewer: Viewer, now: number): Person[] => {
  const roles = fakeRoles(viewer);
  const held = (known: Known): Access["roles"] => {
    const role =
      roles.find(({ id }) => id === known.role) ??
      roles.find(({ template }) => template === known.role) ??
      roles.find(({ template }) => template === "coordinator");
    return Object.fromEntries((role?.apps ?? []).map((app: App) => [app, role?.id ?? ""]));
  };
  return staff.map((known, n): Person => {
    const { name, status = "active", scope = null, invited = 90 } = known;
    const me = n === 3;
    const own = Object.entries(viewer.roles).map(([app, role]) => [app, role.id]);
    const access: Access = {
      email: me ? viewer.email : `user${n + 1}@${viewer.email.split("@")[1]}`,
      locale: "th",
      status,
      roles: me ? Object.fromEntries(own) : held(known),
      scope: viewer.tenant.kind === "partner" ? scope : null,
      invitedBy: "Niran Sukhum",
      invitedAt: hoursFrom(now, -DAY * invited),
      inviteUntil: status === "invited" ? hoursFrom(now, DAY * (14 - invited)) : null,
    };
    return {
      id: me ? ME : fakeId("person", n),
      tenantId: viewer.tenant.id,
      name,
      ...titleOf(access.roles, roles),
      ...(readsAccess(viewer) ? { access } : {}),
    };
  });
};
