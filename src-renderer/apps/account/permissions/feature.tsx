import { IconGridDots } from "@tabler/icons-react";
import type { Feature } from "../../../shell/navigation.ts";
import { PermissionKeys } from "./keys.tsx";
import { PermissionsPage } from "./permissions-page.tsx";

/** What each role can do, and where (AUTH-3, FED-9, FED-10): the one place that sets a role's powers. */
export const permissionsFeature: Feature = {
  item: "permissions",
  path: "/account/permissions",
  icon: IconGridDots,
  labelKey: "nav.permissions",
  component: PermissionsPage,
  keys: PermissionKeys,
  validateSearch: ({ role }) => (typeof role === "string" ? { role } : {}),
};
