import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { type HeldDevice, type Holdings, partnerName } from "../../../data/holdings.ts";
import { Card } from "../../../ui/card.tsx";
import { formatNumber } from "../../../ui/format.ts";
import classes from "./cover-bars.module.css";

/** Who covers the devices: for each partner how many, and last those that nobody does. */
export const CoverBars = ({
  held,
  holdings,
}: {
  held: readonly HeldDevice[];
  holdings: Holdings;
}) => {
  const { t, i18n } = useTranslation("portal");
  const counts = new Map<string, number>();
  for (const { standings } of held) {
    for (const { partnerId, agreements } of standings) {
      if (agreements.length > 0) counts.set(partnerId, (counts.get(partnerId) ?? 0) + 1);
    }
  }
  const uncovered = held.filter(({ agreement }) => agreement === null).length;
  const bars = [
    ...[...counts]
      .map(([id, count]) => ({ id, name: partnerName(holdings, id) ?? t("unknownPartner"), count }))
      .sort((a, b) => b.count - a.count),
    ...(uncovered > 0 ? [{ id: "nobody", name: t("devices.nobody"), count: uncovered }] : []),
  ];
  const most = Math.max(1, ...bars.map(({ count }) => count));
  return (
    <Card title={t("overview.cover")}>
      <ul className={classes.bars}>
        {bars.map(({ id, name, count }) => (
          <li key={id}>
            <Link
              to="/portal/devices"
              search={{ partner: [id] }}
              className={classes.bar}
              data-nobody={id === "nobody" || undefined}
            >
              <span className={classes.name}>{name}</span>
              <span className={classes.track} aria-hidden="true">
                <i style={{ width: `${(count / most) * 100}%` }} />
              </span>
              <span className={classes.count}>{formatNumber(count, i18n.language)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  );
};
