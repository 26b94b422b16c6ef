import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Grant } from "#shared/domain/grant/grant.ts";
import { type LiveHoldings, useMinute } from "../../../data/use-holdings.ts";
import { PendingMark } from "../../../ui/badges.tsx";
import { formatDay } from "../../../ui/format.ts";
import { Section } from "../../../ui/section.tsx";
import { exposureOf } from "./exposure.ts";
import { ExposureView } from "./exposure-view.tsx";
import classes from "./partner-access.module.css";

/** A grant: what it reaches, until when, what it exposes, and what can be done with it. */
export const GrantCard = ({
  grant,
  holdings,
  onChange,
  onWithdraw,
}: {
  grant: Grant;
  holdings: LiveHoldings;
  /** Null where the viewer may not. */
  onChange: (() => void) | null;
  onWithdraw: (() => void) | null;
}) => {
  const { t, i18n } = useTranslation("access");
  const at = useMinute();
  const pending = holdings.pending.get(grant.id)?.length ?? 0;
  const agreements = holdings.agreements.filter(({ partnerId }) => partnerId === grant.partnerId);
  const exposure = exposureOf(grant, holdings.devices, agreements, at);
  const day = formatDay(grant.until, i18n.language);
  const over = grant.status === "withdrawn" || grant.until <= at;
  const state = grant.status === "withdrawn" ? "withdrawn" : over ? "ended" : "until";
  return (
    <Section
      title={useReachWords(grant)}
      aside={
        <span className={classes.aside}>
          <PendingMark count={pending} />
          {t(`grant.${state}`, { day })}
        </span>
      }
    >
      {pending > 0 && <p className={classes.quiet}>{t("grant.pending")}</p>}
      {!over && <ExposureView exposure={exposure} />}
      {(onChange !== null || onWithdraw !== null) && (
        <div className={classes.actions}>
          {onChange !== null && (
            <Button variant="default" size="compact-md" onClick={onChange}>
              {t("grant.change")}
            </Button>
          )}
          {onWithdraw !== null && (
            <Button variant="subtle" color="red" size="compact-md" onClick={onWithdraw}>
              {t("grant.withdraw")}
            </Button>
          )}
        </div>
      )}
    </Section>
  );
};

/** What a grant reaches, in a few words. */
const useReachWords = ({ regions, sites = [], deviceIds }: Grant): string => {
  const { t, i18n } = useTranslation("access");
  const list = (names: readonly string[]) => new Intl.ListFormat(i18n.language).format(names);
  if (deviceIds.length > 0) return t("reach.devices", { count: deviceIds.length });
  if (sites.length > 0) return t("reach.sites", { names: list(sites) });
  return regions.length > 0 ? t("reach.regions", { names: list(regions) }) : t("reach.everything");
};
