import { IconAlertTriangle, IconBell, IconClockHour4, IconUserQuestion } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Overview } from "#shared/ipc/views.ts";
import { Figure, Figures } from "../../../ui/figures.tsx";

const to = "/partners/workload";

/** The figures that ask for something, each a way to the lines behind it. */
export const WorkFigures = ({ overview, own }: { overview: Overview; own: boolean }) => {
  const { t } = useTranslation("overview");
  return (
    <Figures>
      <Figure
        label={t("figure.overdue")}
        value={overview.overdue}
        tone="danger"
        icon={IconAlertTriangle}
        to={to}
        search={{ due: "overdue" }}
      />
      <Figure
        label={t("figure.dueSoon")}
        value={overview.dueSoon}
        tone="warn"
        icon={IconClockHour4}
        to={to}
        search={{ due: "soon" }}
      />
      {!own && (
        <Figure
          label={t("figure.unassigned")}
          value={overview.unassigned}
          tone="accent"
          icon={IconUserQuestion}
          to={to}
          search={{ assignee: ["nobody"], kind: ["ticket", "visit"] }}
        />
      )}
      <Figure
        label={t("figure.activeAlarms")}
        value={overview.activeAlarms}
        tone="danger"
        icon={IconBell}
        to={to}
        search={{ kind: ["alarm"] }}
      />
    </Figures>
  );
};
