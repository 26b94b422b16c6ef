import { IconAlertTriangle } from "@tabler/icons-react";
import type { Feature } from "../../../shell/navigation.ts";
import { Desk } from "./desk.tsx";

/** The Needs-attention desk (S6): one for what was done in any app. */
export const attentionFeature: Feature = {
  item: "attention",
  path: "/attention",
  icon: IconAlertTriangle,
  labelKey: "nav.attention",
  component: Desk,
};
