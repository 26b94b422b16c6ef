import { IconKey } from "@tabler/icons-react";
import type { Feature } from "../../../shell/navigation.ts";
import { PartnerAccess } from "./partner-access.tsx";
import { PartnerAccessPage } from "./partner-access-page.tsx";

/** What a customer lets each partner see: given, changed, withdrawn (PRT-3, FED-11). */
export const partnerAccessFeature: Feature = {
  item: "partner-access",
  path: "/account/partner-access",
  icon: IconKey,
  labelKey: "nav.partner-access",
  component: PartnerAccessPage,
  children: [{ path: "$partnerId", component: PartnerAccess }],
};
