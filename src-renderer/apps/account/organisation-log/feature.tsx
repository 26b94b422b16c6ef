import { IconShieldCheck } from "@tabler/icons-react";
import { LogPage } from "../../../pages/audit-log/log-page.tsx";
import { readLogSearch, writeLogSearch } from "../../../pages/audit-log/log-search.ts";
import type { Feature } from "../../../shell/navigation.ts";

const path = "/account/log";

/** The log of a partner's or RiverSync's own organisation, and the proof of it (PRT-4). */
export const organisationLogFeature: Feature = {
  item: "organisation-log",
  path,
  icon: IconShieldCheck,
  labelKey: "nav.organisation-log",
  component: () => <LogPage item="organisation-log" path={path} />,
  validateSearch: (search) => writeLogSearch(readLogSearch(search)),
};
