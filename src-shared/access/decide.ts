import type { Failure } from "../failure.ts";
import { type AccessLayer, accessLayers, ask, type Wish } from "./layers.ts";
import type { Item } from "./menu.ts";
import type { Viewer } from "./viewer.ts";

/**
 * Asks the six layers in order: tenant, entitlement, role, permission, scope, cross-tenant. Null
 * allows; otherwise the first layer that refuses, and why (AUTH-1, AUTH-2, AUTH-3, FED-10, PRT-3).
 * Pure, and the only place that decides access: client and server ask this same one.
 */
export const decide = (viewer: Viewer, wish: Wish): Failure | null => {
  for (const layer of accessLayers) {
    const refused = ask[layer](viewer, wish);
    if (refused !== null) return refused;
  }
  return null;
};

/** The decision on an act: it takes `full` on an item. */
export const decideAct = (
  viewer: Viewer,
  act: { permission: Item; wholeCoverage?: boolean },
): Failure | null =>
  decide(viewer, {
    item: act.permission,
    level: "full",
    ...(act.wholeCoverage ? { wholeCoverage: true } : {}),
  });

/** What one layer said of a wish. */
export interface LayerAnswer {
  layer: AccessLayer;
  /** "unasked" of the layers after the one that refused. */
  answer: "passed" | "refused" | "unasked";
  failure: Failure | null;
}

/** The decision, layer by layer, for "Why can't I?". */
export const explain = (viewer: Viewer, wish: Wish): LayerAnswer[] => {
  const refused = decide(viewer, wish);
  const at = accessLayers.findIndex((layer) => layer === refused?.layer);
  return accessLayers.map((layer, i) => {
    if (refused === null || i < at) return { layer, answer: "passed", failure: null };
    return i === at
      ? { layer, answer: "refused", failure: refused }
      : { layer, answer: "unasked", failure: null };
  });
};
