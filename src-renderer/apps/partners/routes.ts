import type { Feature } from "../../shell/navigation.ts";
import { attentionFeature } from "./attention/feature.tsx";
import { devicesFeature } from "./devices/feature.tsx";
import { overviewFeature } from "./overview/feature.tsx";
import { workloadFeature } from "./workload/feature.tsx";

/** What is built of Partners, in no particular order: the matrix orders the sidebar. */
export const features: readonly Feature[] = [
  overviewFeature,
  attentionFeature,
  workloadFeature,
  devicesFeature,
];
