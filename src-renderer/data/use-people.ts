import { useMemo } from "react";
import type { Intent } from "#shared/domain/intent.ts";
import type { Access, Person } from "#shared/domain/person/person.ts";
import { isFixed, type TenantRole } from "#shared/domain/role/role.ts";
import { useKind } from "./use-kind.ts";
import type { Live } from "./use-live.ts";

/** Someone of the organisation, as those who run it see them. */
export interface Member extends Person {
  access: Access;
  /** Changes of them that wait for the server. */
  pending: readonly Intent[];
}

/** A role of the organisation's set, with the changes of it that wait for the server. */
export interface OwnRole extends TenantRole {
  pending: readonly Intent[];
}

/** Who an organisation has, and the roles it grants them: the owner's first, the others by name. */
export interface Organisation {
  people: readonly Member[];
  roles: readonly OwnRole[];
}

const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name);

const ownerFirst = (a: OwnRole, b: OwnRole) =>
  Number(isFixed(b)) - Number(isFixed(a)) || byName(a, b);

/** The people and the roles of the viewer's organisation, live. */
export const useOrganisation = (): Live<Organisation> => {
  const people = useKind("person");
  const roles = useKind("role");
  return useMemo((): Live<Organisation> => {
    if (people.state === "failed" || roles.state === "failed") return { state: "failed" };
    if (people.state === "loading" || roles.state === "loading") return { state: "loading" };
    return {
      state: "live",
      stale: people.stale || roles.stale,
      value: {
        people: people.value
          .flatMap(({ data: { access, ...person }, pending }): Member[] =>
            access === undefined ? [] : [{ ...person, access, pending }],
          )
          .sort(byName),
        roles: roles.value
          .filter(({ data }) => data.status === "active")
          .map(({ data, pending }): OwnRole => ({ ...data, pending }))
          .sort(ownerFirst),
      },
    };
  }, [people, roles]);
};

/** The people who hold a role in any app. */
export const holdersOf = (roleId: string, people: readonly Member[]): Member[] =>
  people.filter(({ access }) => Object.values(access.roles).includes(roleId));
