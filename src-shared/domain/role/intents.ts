import { z } from "zod";
import { appOf, type Item, items, levelsOf, menuOf, roleTemplates } from "../../access/menu.ts";
import { levels } from "../../access/nav.ts";
import { everywhere, Scope } from "../../access/scope.ts";
import { type Failure, fail } from "../../failure.ts";
import { change, create, type Judging } from "../intent.ts";
import type { Person } from "../person/person.ts";
import { isFixed, Reach, RoleName, type TenantRole } from "./role.ts";

const base = { kind: "role", needsAll: ["person", "role"] } as const;

/** Somebody whose own powers would change with a role may not change it; an owner has them all. */
const ofOneself = (role: TenantRole, on: Judging): boolean => {
  const self = on.all<Person>("person").find(({ id }) => id === on.actor.accountId);
  return Object.values(self?.access?.roles ?? {}).includes(role.id);
};

const mayChange = (role: TenantRole, on: Judging): Failure | null => {
  if (role.status === "removed") return fail("target-unknown", { kind: "role" });
  if (isFixed(role)) return fail("role-fixed", { role: role.name });
  return ofOneself(role, on) ? fail("own-role") : null;
};

const nameTaken = (name: string, id: string, on: Judging): Failure | null =>
  on
    .all<TenantRole>("role")
    .some(
      (r) => r.status === "active" && r.id !== id && r.name.toLowerCase() === name.toLowerCase(),
    )
    ? fail("role-name-taken", { role: name })
    : null;

const createRole = create({
  ...base,
  permission: "roles",
  payload: z.strictObject({
    name: RoleName,
    template: z.enum(roleTemplates).exclude(["owner"]),
    apps: Reach,
  }),
  guard: (_none, p, on) => nameTaken(p.name, on.targetId, on),
  reduce: (_none, p, on): TenantRole => ({
    id: on.targetId,
    tenantId: on.actor.tenantId,
    name: p.name,
    template: p.template,
    apps: [...new Set(p.apps)],
    levels: levelsOf(p.template, on.actor, p.apps),
    scope: everywhere,
    status: "active",
  }),
});

const rename = change({
  ...base,
  permission: "roles",
  payload: z.strictObject({ name: RoleName }),
  guard: (role: TenantRole, p, on) => mayChange(role, on) ?? nameTaken(p.name, role.id, on),
  reduce: (role, p) => ({ ...role, name: p.name }),
});

/** An app that a role reaches no longer takes its levels along; one that is new brings the template's. */
const reach = change({
  ...base,
  permission: "roles",
  payload: z.strictObject({ apps: Reach }),
  guard: (role: TenantRole, p, on) => {
    const refused = mayChange(role, on);
    if (refused !== null) return refused;
    const left = role.apps.filter((app) => !p.apps.includes(app));
    const held = on
      .all<Person>("person")
      .filter(({ access }) => left.some((app) => access?.roles[app] === role.id));
    return held.length > 0 ? fail("role-in-use", { count: held.length }) : null;
  },
  reduce: (role, p, on) => ({
    ...role,
    apps: [...new Set(p.apps)],
    levels: {
      ...levelsOf(role.template, on.actor, p.apps),
      ...Object.fromEntries(
        Object.entries(role.levels).filter(([item]) => p.apps.includes(appOf(item as Item))),
      ),
    },
  }),
});

const setLevel = change({
  ...base,
  permission: "permissions",
  payload: z.strictObject({ item: z.enum(items), level: z.enum(levels) }),
  guard: (role: TenantRole, p, on) => {
    const refused = mayChange(role, on);
    if (refused !== null) return refused;
    const has = menuOf(on.actor).some(({ item }) => item === p.item);
    if (!has || !role.apps.includes(appOf(p.item))) return fail("role-unfit", { role: role.name });
    return (role.levels[p.item] ?? "hidden") === p.level
      ? fail("already-in-state", { state: p.level })
      : null;
  },
  reduce: (role, p) => ({ ...role, levels: { ...role.levels, [p.item]: p.level } }),
});

const setScope = change({
  ...base,
  permission: "permissions",
  payload: z.strictObject({ scope: Scope }),
  guard: (role: TenantRole, _p, on) => mayChange(role, on),
  reduce: (role, p) => ({ ...role, scope: p.scope }),
});

const remove = change({
  ...base,
  permission: "roles",
  payload: z.strictObject({}),
  guard: (role: TenantRole, _p, on) => {
    const refused = mayChange(role, on);
    if (refused !== null) return refused;
    const held = on
      .all<Person>("person")
      .filter(({ access }) => Object.values(access?.roles ?? {}).includes(role.id));
    return held.length > 0 ? fail("role-in-use", { count: held.length }) : null;
  },
  reduce: (role) => ({ ...role, status: "removed" as const }),
});

/** What can be done to an organisation's roles (FED-6…10): its set, and their powers. */
export const roleIntents = {
  "role.create": createRole,
  "role.rename": rename,
  "role.set-reach": reach,
  "role.set-level": setLevel,
  "role.set-scope": setScope,
  "role.remove": remove,
};
