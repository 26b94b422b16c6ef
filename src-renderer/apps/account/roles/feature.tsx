import { IconIdBadge2 } from "@tabler/icons-react";
import type { Feature } from "../../../shell/navigation.ts";
import { RoleRoute } from "./role-route.tsx";
import { RolesPage } from "./roles-page.tsx";

/** The organisation's own set of roles (FED-6…8): made here, their powers set under Permissions (WF-8). */
export const rolesFeature: Feature = {
  item: "roles",
  path: "/account/roles",
  icon: IconIdBadge2,
  labelKey: "nav.roles",
  component: RolesPage,
  children: [{ path: "$roleId", component: RoleRoute }],
};
