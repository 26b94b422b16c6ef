import { homeOf } from "#shared/access/layers.ts";
import { everywhere, type Scope } from "#shared/access/scope.ts";
import type { Viewer } from "#shared/access/viewer.ts";
import type { Member, OwnRole } from "../../../../data/use-people.ts";

/** The role someone holds in the app where the organisation works on records; undefined without one. */
export const homeRole = (
  viewer: Viewer,
  member: Member,
  roles: readonly OwnRole[],
): OwnRole | undefined => roles.find(({ id }) => id === member.access.roles[homeOf(viewer)]);

/** The scope that role gives: what an override of the person's own can only narrow (FED-10). */
export const roleScope = (viewer: Viewer, member: Member, roles: readonly OwnRole[]): Scope =>
  homeRole(viewer, member, roles)?.scope ?? everywhere;
