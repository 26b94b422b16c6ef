import { useLocation } from "@tanstack/react-router";
import type { App } from "#shared/access/apps.ts";
import { decide } from "#shared/access/decide.ts";
import { homeOf } from "#shared/access/layers.ts";
import { useViewer } from "../data/session.ts";
import { appAt } from "./navigation.ts";

/** The app one is in: that of the address, where it is the viewer's to open; else one's own (PAR-5). */
export const useApp = (): App => {
  const viewer = useViewer();
  const app = appAt(useLocation().pathname);
  return app !== null && decide(viewer, { app }) === null ? app : homeOf(viewer);
};
