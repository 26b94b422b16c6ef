import { decide } from "#shared/access/decide.ts";
import { type Item, levelsOf, menuOf } from "#shared/access/menu.ts";
import {
  type Level,
  levels,
  type Subtype,
  subtypes,
  type Template,
  templates,
} from "#shared/access/nav.ts";
import { everywhere } from "#shared/access/scope.ts";
import type { Viewer } from "#shared/access/viewer.ts";

/** A row of the role × menu-item matrix, as the engine answers it. */
export type MatrixRow = { subtype: Subtype; group: string; item: Item } & Record<Template, Level>;

const ID = "00000000-0000-4000-8000-000000000000";

/** Somebody of a partner of a subtype who holds a template, as it is, in Partners. */
export const viewerWith = (subtype: Subtype, template: Template): Viewer => ({
  ...{ accountId: ID, name: "", email: "", suspended: false },
  tenant: { id: ID, name: subtype, kind: "partner", subtype, tier: null },
  entitlements: ["partners", "account"],
  roles: {
    partners: {
      ...{ id: ID, name: template, template, scope: everywhere },
      levels: levelsOf(template, { kind: "partner", subtype }, ["partners"]),
    },
  },
});

/** The highest level at which the engine lets a viewer at an item: asked, never looked up. */
const held = (viewer: Viewer, item: Item): Level =>
  levels.find((level) => level !== "hidden" && decide(viewer, { item, level }) === null) ??
  "hidden";

/** The role × menu-item matrix of Partners (seed 002), by asking the engine for each cell. */
export const matrix = (): MatrixRow[] =>
  subtypes.flatMap((subtype) => {
    const viewers = templates.map((template) => [template, viewerWith(subtype, template)] as const);
    return menuOf({ kind: "partner", subtype }, "partners").map(({ group, item }): MatrixRow => {
      const cells = viewers.map(([template, viewer]) => [template, held(viewer, item)]);
      return { subtype, group, item, ...(Object.fromEntries(cells) as Record<Template, Level>) };
    });
  });
