import { IconUsersGroup } from "@tabler/icons-react";
import type { Feature } from "../../../shell/navigation.ts";
import { MyPartnersPage } from "./my-partners-page.tsx";
import { PartnerRoute } from "./partner-detail.tsx";

/** Whom the customer works with: agreements, grants, what ends when, and where one is missing. */
export const myPartnersFeature: Feature = {
  item: "my-partners",
  path: "/portal/partners",
  icon: IconUsersGroup,
  labelKey: "nav.my-partners",
  component: MyPartnersPage,
  children: [{ path: "$partnerId", component: PartnerRoute }],
};
