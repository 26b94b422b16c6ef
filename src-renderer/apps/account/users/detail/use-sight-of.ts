import type { Scope } from "#shared/access/scope.ts";
import type { Access } from "#shared/domain/person/person.ts";
import type { SightPreview } from "#shared/sync/people.ts";
import type { Answer } from "../../../../data/use-answer.ts";
import type { Member, OwnRole } from "../../../../data/use-people.ts";
import { useSight } from "../../sight.tsx";

/** A change of somebody's rights that is only considered. */
export interface Considered {
  roles?: Access["roles"];
  scope?: Scope | null;
}

/**
 * What somebody sees, and would see with a change that is considered; `would` is null while none is.
 * Both are asked with what is known here, so that a change that still waits to be sent counts.
 */
export const useSightOf = (
  member: Member,
  roles: readonly OwnRole[],
  considered: Considered | null,
): { now: Answer<SightPreview>; would: Answer<SightPreview> | null } => {
  const { roles: held, scope } = member.access;
  // Asked anew where a role has been given other powers.
  const stamp = JSON.stringify(roles.map(({ levels, scope: where }) => [levels, where]));
  const has = { accountId: member.id, roles: held, scope };
  const now = useSight(has, stamp);
  const would = useSight(considered === null ? null : { ...has, ...considered }, stamp);
  return { now, would: considered === null ? null : would };
};
