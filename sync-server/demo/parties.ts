import { levelsOf, type MenuOwner } from "#shared/access/menu.ts";
import { everywhere, ownVisits } from "#shared/access/scope.ts";
import type { App } from "#shared/access/viewer.ts";
import { titleOf } from "#shared/domain/person/holding.ts";
import type { Access } from "#shared/domain/person/person.ts";
import type { DataOf } from "#shared/domain/registry.ts";
import { ownerRole, ownerRoleId, partnerRecordId } from "../access/backfill.ts";
import type { Plan } from "./plan.ts";
import { type DemoRecordOf, type DemoTenant, demoId } from "./world.ts";

/** The tenants of the plan: partners, customers and RiverSync itself. */
export const makeTenants = (plan: Plan): DemoTenant[] => [
  ...plan.staff.map(
    ({ key, name }): DemoTenant => ({
      id: demoId(`tenant:${key}`),
      name,
      kind: "riversync",
      subtype: null,
      tier: null,
      entitlements: ["pipeline", "tenants", "account"],
    }),
  ),
  ...plan.partners.map(
    ({ key, name, subtype, tier }): DemoTenant => ({
      id: demoId(`tenant:${key}`),
      name,
      kind: "partner",
      subtype,
      tier,
      entitlements: ["partners", "account"],
    }),
  ),
  ...plan.customers.map(
    ({ key, name }): DemoTenant => ({
      id: demoId(`tenant:${key}`),
      name,
      kind: "customer",
      subtype: null,
      tier: null,
      entitlements: ["portal", "account"],
    }),
  ),
];

const roleId = (tenant: string, role: string) => demoId(`role:${tenant}:${role}`);

const record = <K extends "role" | "person" | "partner">(
  kind: K,
  data: DataOf<K>,
): DemoRecordOf<K> => ({ kind, id: data.id, data });

/** Everybody has an owner; partners the roles of their subtype, held or not, so that they can grant them. */
export const makeRoles = (plan: Plan): DemoRecordOf<"role">[] => [
  ...makeTenants(plan).map(({ id, entitlements }) => record("role", ownerRole(id, entitlements))),
  ...plan.customers.flatMap(({ key }) =>
    (["administrator", "reader"] as const).map((template) =>
      builtIn(key, { kind: "customer", subtype: null }, template, ["portal", "account"]),
    ),
  ),
  ...plan.partners.flatMap((partner) =>
    plan.roles
      .filter((role) => role.subtype === partner.subtype)
      .map((role) => {
        const apps: App[] =
          role.template === "administrator" ? ["partners", "account"] : ["partners"];
        const owner = { kind: "partner", subtype: partner.subtype } as const;
        return record("role", {
          id: roleId(partner.key, role.key),
          tenantId: demoId(`tenant:${partner.key}`),
          name: role.name,
          template: role.template,
          apps,
          levels: { ...levelsOf(role.template, owner, apps), ...role.levels },
          scope: role.scope === "own-visits" ? ownVisits : everywhere,
          status: "active",
        });
      }),
  ),
];

const builtIn = (
  tenant: string,
  owner: MenuOwner,
  template: "administrator" | "reader",
  apps: App[],
): DemoRecordOf<"role"> =>
  record("role", {
    id: roleId(tenant, template),
    tenantId: demoId(`tenant:${tenant}`),
    name: template === "reader" ? "Reader" : "Administrator",
    template,
    apps,
    levels: levelsOf(template, owner, apps),
    scope: everywhere,
    status: "active",
  });

/**
 * A person for each of the plan's people; the e-mail address is the login. Whoever administers an
 * organisation owns it, else the first of its people.
 */
export const makePeople = (
  plan: Plan,
  roles: readonly DemoRecordOf<"role">[],
): DemoRecordOf<"person">[] =>
  plan.people.map((person) => {
    const tenantId = demoId(`tenant:${person.tenant}`);
    const ofTenant = plan.people.filter(({ tenant }) => tenant === person.tenant);
    const runs = ofTenant.find(({ role }) => role === "administrator") ?? ofTenant[0];
    const owner = ownerRoleId(tenantId);
    const home = makeTenants(plan).find(({ id }) => id === tenantId)?.entitlements ?? [];
    const held: Access["roles"] = {
      ...(person.role === null
        ? Object.fromEntries(home.map((app) => [app, owner]))
        : { partners: roleId(person.tenant, person.role) }),
      ...(person === runs ? { account: owner } : {}),
    };
    const id = demoId(`account:${person.login}`);
    const known = roles.map(({ data }) => data);
    return record("person", {
      id,
      tenantId,
      name: person.name,
      roleName: titleOf(held, known).roleName,
      takesWork: person.takesWork,
      access: {
        email: person.login,
        locale: person.locale,
        status: "active",
        roles: held,
        scope: null,
        ...{ invitedBy: "", invitedAt: null, inviteUntil: null, inviteHash: null },
      },
    });
  });

/** The directory in which customers find whom they can grant access. */
export const makePartners = (plan: Plan): DemoRecordOf<"partner">[] =>
  plan.partners.map(({ key, name, subtype }) => {
    const tenantId = demoId(`tenant:${key}`);
    return record("partner", { id: partnerRecordId(tenantId), tenantId, name, subtype });
  });

/** The customers, their regions being those their devices stand in. */
export const makeCustomers = (plan: Plan): DemoRecordOf<"customer">[] =>
  plan.customers.map(({ key, name, address, contact }) => {
    const id = demoId(`tenant:${key}`);
    const regions = [...plan.devices, ...plan.stations]
      .filter((device) => device.customer === key)
      .map((device) => device.region);
    const data = { id, name, regions: [...new Set(regions)].sort(), address, contact };
    return { kind: "customer", id, data };
  });
