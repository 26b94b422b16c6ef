import { templateLevels } from "#shared/access/nav.ts";
import type { Plan } from "./plan.ts";
import {
  type DemoAccount,
  type DemoRecordOf,
  type DemoRole,
  type DemoTenant,
  demoId,
} from "./world.ts";

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

/** Every partner gets the roles of its subtype, held or not, so that it can grant them. */
export const makeRoles = (plan: Plan): DemoRole[] =>
  plan.partners.flatMap((partner) =>
    plan.roles
      .filter((role) => role.subtype === partner.subtype)
      .map(
        (role): DemoRole => ({
          id: roleId(partner.key, role.key),
          tenantId: demoId(`tenant:${partner.key}`),
          app: "partners",
          name: role.name,
          template: role.template,
          levels: { ...templateLevels(role.subtype, role.template), ...role.levels },
          scope: role.scope,
        }),
      ),
  );

/** An account for each of the plan's people. Their e-mail address is their login. */
export const makeAccounts = (plan: Plan): DemoAccount[] =>
  plan.people.map((person) => ({
    id: demoId(`account:${person.login}`),
    tenantId: demoId(`tenant:${person.tenant}`),
    login: person.login,
    name: person.name,
    email: person.login,
    roleId: person.role === null ? null : roleId(person.tenant, person.role),
    suspended: false,
    locale: person.locale,
  }));

/** A person for each partner account. The id is the account's: work is compared with its actor. */
export const makePersons = (plan: Plan, roles: readonly DemoRole[]): DemoRecordOf<"person">[] =>
  plan.people
    .filter((person) => plan.partners.some((partner) => partner.key === person.tenant))
    .map((person) => {
      const id = demoId(`account:${person.login}`);
      const held = person.role === null ? "" : roleId(person.tenant, person.role);
      return {
        kind: "person",
        id,
        data: {
          id,
          tenantId: demoId(`tenant:${person.tenant}`),
          name: person.name,
          roleName: roles.find((role) => role.id === held)?.name ?? "",
          takesWork: person.takesWork,
        },
      };
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
