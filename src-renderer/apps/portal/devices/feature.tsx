import { IconCpu } from "@tabler/icons-react";
import type { Feature } from "../../../shell/navigation.ts";
import { readAsk, writeAsk } from "./device-ask.ts";
import { DeviceRoute } from "./device-detail.tsx";
import { MyDevicesPage } from "./my-devices-page.tsx";

/** The customer's own devices: who covers each, and who can see it (PRT-3). */
export const myDevicesFeature: Feature = {
  item: "my-devices",
  path: "/portal/devices",
  icon: IconCpu,
  labelKey: "nav.my-devices",
  component: MyDevicesPage,
  children: [{ path: "$deviceId", component: DeviceRoute }],
  validateSearch: (search) => writeAsk(readAsk(search)),
};
