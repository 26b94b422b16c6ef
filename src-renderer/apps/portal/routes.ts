import type { Feature } from "../../shell/navigation.ts";
import { auditFeature } from "./audit/feature.tsx";
import { myDevicesFeature } from "./devices/feature.tsx";
import { portalOverviewFeature } from "./overview/feature.tsx";
import { myPartnersFeature } from "./partners/feature.tsx";

/** What is built of Portal, in no particular order: the menu orders the sidebar. */
export const features: readonly Feature[] = [
  portalOverviewFeature,
  myDevicesFeature,
  myPartnersFeature,
  auditFeature,
];
