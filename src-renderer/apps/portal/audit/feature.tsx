import { IconShieldCheck } from "@tabler/icons-react";
import { LogPage } from "../../../pages/audit-log/log-page.tsx";
import { readLogSearch, writeLogSearch } from "../../../pages/audit-log/log-search.ts";
import type { Feature } from "../../../shell/navigation.ts";

const path = "/portal/audit";

/** Everything that was done on the customer's devices and grants, and the proof of it (PRT-4). */
export const auditFeature: Feature = {
  item: "audit-log",
  path,
  icon: IconShieldCheck,
  labelKey: "nav.audit-log",
  component: () => <LogPage item="audit-log" path={path} />,
  validateSearch: (search) => writeLogSearch(readLogSearch(search)),
};
