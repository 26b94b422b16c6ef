import {
  IconArrowRampRight,
  IconEyeOff,
  IconHourglassLow,
  IconMapOff,
  IconShieldOff,
} from "@tabler/icons-react";
import { Link, useParams } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { readsKind } from "#shared/access/visibility.ts";
import {
  type HeldDevice,
  type Holdings,
  heldDevices,
  partnerName,
} from "../../../data/holdings.ts";
import { useViewer } from "../../../data/session.ts";
import { useHoldings, useMinute } from "../../../data/use-holdings.ts";
import { TierBadge } from "../../../ui/badges.tsx";
import detail from "../../../ui/detail.module.css";
import { Facts } from "../../../ui/facts.tsx";
import { formatDay } from "../../../ui/format.ts";
import { Notice } from "../../../ui/notice.tsx";
import { Section } from "../../../ui/section.tsx";
import { EmptyState, FailedState, LoadingState } from "../../../ui/states.tsx";
import { useNow } from "../../../ui/use-now.ts";
import page from "../page.module.css";
import { endsSoon } from "../timeline-layout.ts";
import { SightTable } from "./sight-table.tsx";

/** The device the address names: whole, on its way, or not the customer's any more. */
export const DeviceRoute = () => {
  const { t } = useTranslation("portal");
  const { deviceId } = useParams({ strict: false }) as { deviceId?: string };
  const live = useHoldings();
  const at = useMinute();
  const holdings = live.state === "live" ? live.value : null;
  const held = useMemo(() => {
    const device = holdings?.devices.find(({ id }) => id === deviceId);
    return holdings === null || device === undefined
      ? undefined
      : heldDevices({ ...holdings, devices: [device] }, at)[0];
  }, [holdings, deviceId, at]);
  if (live.state === "loading") return <LoadingState rows={8} />;
  if (live.state === "failed") return <FailedState />;
  if (held === undefined) {
    return (
      <EmptyState icon={IconMapOff} title={t("device.goneTitle")}>
        {t("device.goneText")}
      </EmptyState>
    );
  }
  return <DeviceDetail held={held} holdings={live.value} />;
};

const DeviceDetail = ({ held, holdings }: { held: HeldDevice; holdings: Holdings }) => {
  const { t, i18n } = useTranslation("portal");
  const { t: common } = useTranslation("common");
  const readsGrants = readsKind(useViewer(), "grant");
  const { device, standings } = held;
  return (
    <article className={detail.detail}>
      <header>
        <h2 className={detail.title}>{device.name}</h2>
        <div className={page.place}>{[device.siteName, device.region].join("\u00a0· ")}</div>
      </header>
      <Section title={t("device.cover")}>
        <Cover held={held} holdings={holdings} />
      </Section>
      {readsGrants && (
        <Section title={t("device.sight")}>
          {standings.length === 0 ? (
            <Notice
              tone="quiet"
              icon={<IconEyeOff size={18} stroke={1.7} aria-hidden="true" />}
              title={t("device.nobodySees")}
            >
              {t("device.nobodySeesText")}
            </Notice>
          ) : (
            <SightTable standings={standings} holdings={holdings} />
          )}
        </Section>
      )}
      <Section title={t("device.identity")}>
        <Facts
          facts={[
            [t("device.model"), device.model],
            [
              t("device.serial"),
              <span key="serial" className={page.mono}>
                {device.serial}
              </span>,
            ],
            [t("device.type"), common(`deviceType.${device.type}`)],
            [t("device.installed"), formatDay(device.installedAt, i18n.language)],
            [t("devices.site"), device.siteName],
            [t("devices.region"), device.region],
          ]}
        />
      </Section>
    </article>
  );
};

/** Who covers a device, at which tier, until when, and what comes after (PAR-3). */
const Cover = ({
  held: { agreement, next },
  holdings,
}: {
  held: HeldDevice;
  holdings: Holdings;
}) => {
  const { t, i18n } = useTranslation("portal");
  const now = useNow();
  const day = (at: string) => formatDay(at, i18n.language);
  const name = (partnerId: string) => partnerName(holdings, partnerId) ?? t("unknownPartner");
  const follows =
    next === null
      ? (agreement?.successor ?? null)
      : { partnerName: name(next.partnerId), at: next.startsAt };
  const then = follows !== null && (
    <Notice
      tone="quiet"
      icon={<IconArrowRampRight size={18} stroke={1.7} aria-hidden="true" />}
      title={t("device.follows", { partner: follows.partnerName, day: day(follows.at) })}
    >
      {t("device.followsText")}
    </Notice>
  );
  if (agreement === null) {
    return (
      <>
        <Notice
          icon={<IconShieldOff size={18} stroke={1.7} aria-hidden="true" />}
          title={t("device.uncovered")}
        >
          {t("device.uncoveredText")}
        </Notice>
        {then}
      </>
    );
  }
  return (
    <>
      <Facts
        facts={[
          [
            t("device.partner"),
            <Link
              key="partner"
              to="/portal/partners/$partnerId"
              params={{ partnerId: agreement.partnerId }}
            >
              {name(agreement.partnerId)}
            </Link>,
          ],
          [t("device.tier"), <TierBadge key="tier" tier={agreement.tier} />],
          [
            t("device.agreement"),
            <span key="number" className={page.mono}>
              {agreement.number}
            </span>,
          ],
          [
            t("device.term"),
            t("fromTo", { from: day(agreement.startsAt), to: day(agreement.endsAt) }),
          ],
        ]}
      />
      {then}
      {follows === null && endsSoon(agreement.endsAt, now) && (
        <Notice
          icon={<IconHourglassLow size={18} stroke={1.7} aria-hidden="true" />}
          title={t("device.ends", { day: day(agreement.endsAt) })}
        >
          {t("device.endsText")}
        </Notice>
      )}
    </>
  );
};
