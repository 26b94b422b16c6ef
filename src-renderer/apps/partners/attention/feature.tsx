import { IconAlertTriangle } from "@tabler/icons-react";
import type { Feature } from "../../../shell/navigation.ts";
import { Desk } from "./desk.tsx";

/** The Needs-attention desk (S6). */
export const attentionFeature: Feature = {
  item: "attention",
  path: "/partners/attention",
  icon: IconAlertTriangle,
  labelKey: "nav.attention",
  component: Desk,
};
