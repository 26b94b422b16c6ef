import {
  type Icon,
  IconCpu,
  IconHourglassLow,
  IconShieldCheck,
  IconShieldOff,
} from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { HeldDevice } from "../../../data/holdings.ts";
import { formatNumber } from "../../../ui/format.ts";
import { endsSoon, type Span } from "../timeline-layout.ts";
import classes from "./figures.module.css";

type Name = "devices" | "covered" | "uncovered" | "endsSoon";

/** How many devices there are, how many are covered and are not, and how much ends soon. */
export const Figures = ({
  held,
  spans,
  readsGrants,
  now,
}: {
  held: readonly HeldDevice[];
  spans: readonly Span[];
  readsGrants: boolean;
  now: number;
}) => {
  const covered = held.filter(({ agreement }) => agreement !== null).length;
  const uncovered = held.length - covered;
  const soon = spans.filter(({ to }) => endsSoon(to, now)).length;
  return (
    <div className={classes.figures}>
      <Figure name="devices" value={held.length} icon={IconCpu} />
      <Figure name="covered" value={covered} icon={IconShieldCheck} />
      <Figure
        name="uncovered"
        value={uncovered}
        icon={IconShieldOff}
        tone="warn"
        search={{ partner: ["nobody"] }}
      />
      <Figure
        name="endsSoon"
        value={soon}
        icon={IconHourglassLow}
        tone="warn"
        {...(readsGrants ? { to: "/portal/partners" } : {})}
      />
    </div>
  );
};

const Figure = ({
  name,
  value,
  icon: Glyph,
  tone,
  to = "/portal/devices",
  search = {},
}: {
  name: Name;
  value: number;
  icon: Icon;
  tone?: "warn";
  to?: string;
  search?: Record<string, unknown>;
}) => {
  const { t, i18n } = useTranslation("portal");
  return (
    <Link
      to={to}
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
