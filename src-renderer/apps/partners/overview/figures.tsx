import type { Icon } from "@tabler/icons-react";
import { IconAlertTriangle, IconBell, IconClockHour4, IconUserQuestion } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Overview } from "#shared/ipc/views.ts";
import { formatNumber } from "../../../ui/format.ts";
import classes from "./figures.module.css";

type Name = "overdue" | "dueSoon" | "unassigned" | "activeAlarms";

/** The figures that ask for something, each a way to the lines behind it. */
export const Figures = ({ overview, own }: { overview: Overview; own: boolean }) => (
  <div className={classes.figures}>
    <Figure
      name="overdue"
      value={overview.overdue}
      tone="danger"
      icon={IconAlertTriangle}
      search={{ due: "overdue" }}
    />
    <Figure
      name="dueSoon"
      value={overview.dueSoon}
      tone="warn"
      icon={IconClockHour4}
      search={{ due: "soon" }}
    />
    {!own && (
      <Figure
        name="unassigned"
        value={overview.unassigned}
        tone="accent"
        icon={IconUserQuestion}
        search={{ assignee: ["nobody"], kind: ["ticket", "visit"] }}
      />
    )}
    <Figure
      name="activeAlarms"
      value={overview.activeAlarms}
      tone="danger"
      icon={IconBell}
      search={{ kind: ["alarm"] }}
    />
  </div>
);

const Figure = ({
  name,
  value,
  tone,
  icon: Glyph,
  search,
}: {
  name: Name;
  value: number;
  tone: "danger" | "warn" | "accent";
  icon: Icon;
  search: Record<string, unknown>;
}) => {
  const { t, i18n } = useTranslation("overview");
  return (
    <Link
      to="/partners/workload"
      search={search}
      className={classes.figure}
      data-tone={value > 0 ? tone : undefined}
    >
      <span className={classes.value}>{formatNumber(value, i18n.language)}</span>
      <span className={classes.name}>
        <Glyph size={15} stroke={1.8} aria-hidden="true" />
        {t(`figure.${name}`)}
      </span>
    </Link>
  );
};
