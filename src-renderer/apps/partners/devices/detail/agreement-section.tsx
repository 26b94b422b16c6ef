import { IconArrowRampRight, IconHourglassLow } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Agreement } from "#shared/domain/agreement/agreement.ts";
import { TierBadge } from "../../../../ui/badges.tsx";
import { Facts } from "../../../../ui/facts.tsx";
import { formatDay } from "../../../../ui/format.ts";
import { Notice } from "../../../../ui/notice.tsx";
import { Section } from "../../../../ui/section.tsx";
import { useNow } from "../../../../ui/use-now.ts";
import { agreementInForce, coverageEnd } from "../coverage.ts";
import classes from "./detail.module.css";

/** The agreement a device is covered under, and what follows it (PAR-3). */
export const AgreementSection = ({ agreements }: { agreements: Agreement[] | null }) => {
  const { t } = useTranslation("devices");
  const now = useNow();
  if (agreements === null) return <Section title={t("agreement.title")}>{null}</Section>;
  const agreement = agreementInForce(agreements, now);
  return (
    <Section title={t("agreement.title")}>
      {agreement === null ? (
        <p className={classes.quiet}>{t("agreement.none")}</p>
      ) : (
        <Terms agreement={agreement} now={now} />
      )}
    </Section>
  );
};

const Terms = ({ agreement, now }: { agreement: Agreement; now: number }) => {
  const { t, i18n } = useTranslation("devices");
  const day = (at: string) => formatDay(at, i18n.language);
  const { successor } = agreement;
  const ends = coverageEnd(agreement.endsAt, now).state !== "lasting";
  return (
    <>
      {successor !== null && (
        <Notice
          icon={<IconArrowRampRight size={18} stroke={1.7} aria-hidden="true" />}
          title={t("agreement.moves", { partner: successor.partnerName, day: day(successor.at) })}
        >
          {t("agreement.movesText")}
        </Notice>
      )}
      {successor === null && ends && (
        <Notice
          icon={<IconHourglassLow size={18} stroke={1.7} aria-hidden="true" />}
          title={t("agreement.ends", { day: day(agreement.endsAt) })}
        >
          {t("agreement.endsText")}
        </Notice>
      )}
      <Facts
        facts={[
          [
            t("agreement.number"),
            <span key="number" className={classes.mono}>
              {agreement.number}
            </span>,
          ],
          [t("agreement.tier"), <TierBadge key="tier" tier={agreement.tier} />],
          [
            t("agreement.term"),
            <span key="term" className={classes.line}>
              {t("agreement.termText", {
                from: day(agreement.startsAt),
                until: day(agreement.endsAt),
              })}
            </span>,
          ],
        ]}
      />
    </>
  );
};
