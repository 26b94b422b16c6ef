import { IconLayoutDashboard } from "@tabler/icons-react";
import type { Feature } from "../../../shell/navigation.ts";
import { OverviewPage } from "./overview-page.tsx";

/** What needs its reader now. */
export const overviewFeature: Feature = {
  item: "overview",
  path: "/partners",
  icon: IconLayoutDashboard,
  labelKey: "nav.overview",
  component: OverviewPage,
};
