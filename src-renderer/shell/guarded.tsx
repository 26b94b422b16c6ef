import { Navigate } from "@tanstack/react-router";
import { useViewer } from "../data/session.ts";
import { RefusedItem } from "./missing.tsx";
import type { Feature } from "./navigation.ts";
import { leadsToOverview, refusalOf } from "./refusal.ts";

/** A feature's page, where its item is open to the viewer; else why it is not (nav). */
export const Guarded = ({ feature }: { feature: Feature }) => {
  const viewer = useViewer();
  if (leadsToOverview(viewer, feature.item)) return <Navigate to="/partners" replace />;
  if (refusalOf(viewer, feature.item) !== null) return <RefusedItem item={feature.item} />;
  return <feature.component />;
};
