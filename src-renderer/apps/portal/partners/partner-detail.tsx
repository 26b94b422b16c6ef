import { Button } from "@mantine/core";
import { IconAlertTriangle, IconKey, IconMapOff } from "@tabler/icons-react";
import { Link, useParams } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { levelOf } from "#shared/access/layers.ts";
import type { Grant } from "#shared/domain/grant/grant.ts";
import { useViewer } from "../../../data/session.ts";
import { type LiveHoldings, useHoldings, useMinute } from "../../../data/use-holdings.ts";
import { PendingMark, TierBadge } from "../../../ui/badges.tsx";
import detail from "../../../ui/detail.module.css";
import { formatDay } from "../../../ui/format.ts";
import { Notice } from "../../../ui/notice.tsx";
import { Section } from "../../../ui/section.tsx";
import { EmptyState, FailedState, LoadingState } from "../../../ui/states.tsx";
import { useNow } from "../../../ui/use-now.ts";
import page from "../page.module.css";
import { Timeline } from "../timeline.tsx";
import { endsSoon, spansOf } from "../timeline-layout.ts";
import { type Bond, bondsOf } from "./bond.ts";

/** The partner the address names: whole, on its way, or none that anything binds to the customer. */
export const PartnerRoute = () => {
  const { t } = useTranslation("portal");
  const { partnerId } = useParams({ strict: false }) as { partnerId?: string };
  const live = useHoldings();
  const at = useMinute();
  const holdings = live.state === "live" ? live.value : null;
  const bond = useMemo(
    () =>
      holdings === null
        ? undefined
        : bondsOf(holdings, at).find((one) => one.partnerId === partnerId),
    [holdings, partnerId, at],
  );
  if (live.state === "loading") return <LoadingState rows={8} />;
  if (live.state === "failed") return <FailedState />;
  return bond === undefined ? (
    <EmptyState icon={IconMapOff} title={t("partner.goneTitle")}>
      {t("partner.goneText")}
    </EmptyState>
  ) : (
    <PartnerDetail bond={bond} holdings={live.value} at={at} />
  );
};

const PartnerDetail = ({
  bond,
  holdings,
  at,
}: {
  bond: Bond;
  holdings: LiveHoldings;
  at: string;
}) => {
  const { t, i18n } = useTranslation("portal");
  const now = useNow();
  const manages = levelOf(useViewer(), "partner-access") !== "hidden";
  const spans = spansOf(holdings, at, t("unknownPartner")).filter(
    ({ partnerId }) => partnerId === bond.partnerId,
  );
  return (
    <article className={detail.detail}>
      <header className={detail.head}>
        <div>
          <h2 className={detail.title}>{bond.name ?? t("unknownPartner")}</h2>
          <div className={page.place}>
            {bond.begins === null
              ? t("partners.sees", { count: bond.covers, sees: bond.sees })
              : t("partners.begins", { day: formatDay(bond.begins, i18n.language) })}
          </div>
        </div>
        {manages && (
          <Button
            renderRoot={(props) => (
              <Link
                {...props}
                to="/account/partner-access/$partnerId"
                params={{ partnerId: bond.partnerId }}
              />
            )}
            variant="default"
            size="compact-md"
            leftSection={<IconKey size={16} stroke={1.8} aria-hidden="true" />}
          >
            {t("partner.access")}
          </Button>
        )}
      </header>
      {bond.gap !== null && (
        <Notice
          icon={<IconAlertTriangle size={18} stroke={1.7} aria-hidden="true" />}
          title={t(`gap.${bond.gap}`)}
        >
          {t(`gapText.${bond.gap}`, { count: bond.covers - bond.sees })}
        </Notice>
      )}
      <Section title={t("partner.ends")}>
        <Timeline spans={spans} now={now} named={false} />
      </Section>
      <Section title={t("partner.agreements")}>
        <Agreements bond={bond} now={now} at={at} />
      </Section>
      <Section title={t("partner.grants")}>
        <Grants bond={bond} now={now} pending={holdings.pending} />
      </Section>
    </article>
  );
};

const Agreements = ({ bond, now, at }: { bond: Bond; now: number; at: string }) => {
  const { t, i18n } = useTranslation("portal");
  const day = (when: string) => formatDay(when, i18n.language);
  if (bond.agreements.length === 0) {
    return <p className={page.quiet}>{t("partner.noAgreement")}</p>;
  }
  return (
    <div className={page.scrolls}>
      <table className={page.table}>
        <thead>
          <tr>
            <th scope="col">{t("device.agreement")}</th>
            <th scope="col">{t("device.tier")}</th>
            <th scope="col">{t("partner.devices")}</th>
            <th scope="col">{t("partner.from")}</th>
            <th scope="col">{t("partner.until")}</th>
          </tr>
        </thead>
        <tbody>
          {bond.agreements.map((agreement) => (
            <tr key={agreement.id}>
              <th scope="row" className={page.mono}>
                {agreement.number}
              </th>
              <td>
                <TierBadge tier={agreement.tier} />
              </td>
              <td>
                <Link to="/portal/devices" search={{ partner: [bond.partnerId] }}>
                  {t("devicesCount", { count: agreement.deviceIds.length })}
                </Link>
              </td>
              <td>
                {day(agreement.startsAt)}
                {agreement.startsAt > at && <small>{t("partner.toCome")}</small>}
              </td>
              <td data-soon={endsSoon(agreement.endsAt, now) || undefined}>
                {day(agreement.endsAt)}
                {agreement.successor !== null && (
                  <small>{t("partner.then", { partner: agreement.successor.partnerName })}</small>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};

const Grants = ({
  bond,
  now,
  pending,
}: {
  bond: Bond;
  now: number;
  pending: LiveHoldings["pending"];
}) => {
  const { t, i18n } = useTranslation("portal");
  if (bond.grants.length === 0) return <p className={page.quiet}>{t("partner.noGrant")}</p>;
  return (
    <div className={page.scrolls}>
      <table className={page.table}>
        <thead>
          <tr>
            <th scope="col">{t("partner.reach")}</th>
            <th scope="col">{t("device.telemetry")}</th>
            <th scope="col">{t("partner.until")}</th>
          </tr>
        </thead>
        <tbody>
          {bond.grants.map((grant) => (
            <tr key={grant.id}>
              <th scope="row">
                <ReachWords grant={grant} />{" "}
                <PendingMark count={pending.get(grant.id)?.length ?? 0} />
              </th>
              <td>{t(grant.telemetry ? "yes" : "no")}</td>
              <td data-soon={endsSoon(grant.until, now) || undefined}>
                {formatDay(grant.until, i18n.language)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};

const ReachWords = ({ grant: { regions, sites = [], deviceIds } }: { grant: Grant }) => {
  const { t, i18n } = useTranslation("portal");
  const list = (names: readonly string[]) => new Intl.ListFormat(i18n.language).format(names);
  if (deviceIds.length > 0) return t("devicesCount", { count: deviceIds.length });
  if (sites.length > 0) return list(sites);
  return regions.length > 0 ? list(regions) : t("partner.everything");
};
