import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Overview } from "#shared/ipc/views.ts";
import { Card } from "../../../ui/card.tsx";
import { formatNumber } from "../../../ui/format.ts";
import classes from "./customer-bars.module.css";

/** Where the work is: for each customer what is open, and what of it is overdue. */
export const CustomerBars = ({ customers }: { customers: Overview["byCustomer"] }) => {
  const { t, i18n } = useTranslation("overview");
  const most = Math.max(1, ...customers.map((customer) => customer.open));
  const sorted = [...customers].sort((a, b) => b.overdue - a.overdue || b.open - a.open);
  if (sorted.length === 0) return null;
  return (
    <Card
      title={t("customers.title")}
      aside={
        <span className={classes.legend} aria-hidden="true">
          <i data-overdue="" /> {t("customers.overdue")}
          <i /> {t("customers.open")}
        </span>
      }
    >
      <ul className={classes.bars}>
        {sorted.map(({ id, name, open, overdue }) => (
          <li key={id}>
            <Link
              to="/partners/workload"
              search={{ customer: [id] }}
              className={classes.bar}
              aria-label={t("customers.about", { name, open, overdue })}
            >
              <span className={classes.name}>{name}</span>
              <span className={classes.track}>
                <i data-overdue="" style={{ width: `${(overdue / most) * 100}%` }} />
                <i style={{ width: `${((open - overdue) / most) * 100}%` }} />
              </span>
              <span className={classes.count} data-overdue={overdue > 0 || undefined}>
                {overdue > 0 ? formatNumber(overdue, i18n.language) : ""}
              </span>
              <span className={classes.count}>{formatNumber(open, i18n.language)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  );
};
