import { IconLayoutDashboard } from "@tabler/icons-react";
import type { Feature } from "../../../shell/navigation.ts";
import { OverviewPage } from "./overview-page.tsx";

/** Where a customer's day begins: devices, who covers them, what ends soon, what was done. */
export const portalOverviewFeature: Feature = {
  item: "portal-overview",
  path: "/portal",
  icon: IconLayoutDashboard,
  labelKey: "nav.portal-overview",
  component: OverviewPage,
};
