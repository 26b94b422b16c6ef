import { IconUserCircle } from "@tabler/icons-react";
import type { Feature } from "../../../shell/navigation.ts";
import { ProfilePage } from "./profile-page.tsx";

/** Who one is, one's choices, and the devices one works on: everyone's, whatever their role. */
export const profileFeature: Feature = {
  item: "profile",
  path: "/account/profile",
  icon: IconUserCircle,
  labelKey: "nav.profile",
  component: ProfilePage,
};
