import { IconCpu } from "@tabler/icons-react";
import type { Feature } from "../../../shell/navigation.ts";
import { DeviceRoute } from "./detail/device-route.tsx";
import { askOfSearch, searchOfAsk } from "./device-search.ts";
import { DevicesPage } from "./devices-page.tsx";

/** The devices the partner covers, each with all that is known of it (PAR-1). */
export const devicesFeature: Feature = {
  item: "covered-devices",
  path: "/partners/devices",
  icon: IconCpu,
  labelKey: "nav.covered-devices",
  component: DevicesPage,
  children: [{ path: "$deviceId", component: DeviceRoute }],
  validateSearch: (search) => searchOfAsk(askOfSearch(search)),
};
