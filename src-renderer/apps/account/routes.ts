import type { Feature } from "../../shell/navigation.ts";
import { organisationLogFeature } from "./organisation-log/feature.tsx";
import { partnerAccessFeature } from "./partner-access/feature.tsx";
import { permissionsFeature } from "./permissions/feature.tsx";
import { profileFeature } from "./profile/feature.tsx";
import { rolesFeature } from "./roles/feature.tsx";
import { usersFeature } from "./users/feature.tsx";

/** What is built of Account, in no particular order: the menu orders the sidebar. */
export const features: readonly Feature[] = [
  profileFeature,
  usersFeature,
  rolesFeature,
  permissionsFeature,
  partnerAccessFeature,
  organisationLogFeature,
];
