import { IconListCheck } from "@tabler/icons-react";
import type { Feature } from "../../../shell/navigation.ts";
import { WorkKeys } from "./keys-help.tsx";
import { placeOfSearch, searchOfPlace } from "./work-search.ts";
import { WorkloadPage } from "./workload-page.tsx";

/** The workload queue and its details (PAR-2). */
export const workloadFeature: Feature = {
  item: "workload",
  path: "/partners/workload",
  icon: IconListCheck,
  labelKey: "nav.workload",
  component: WorkloadPage,
  keys: WorkKeys,
  validateSearch: (search) => searchOfPlace(placeOfSearch(search)),
};
