import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { type Holdings, partnerName, type Standing } from "../../../data/holdings.ts";
import { formatDay } from "../../../ui/format.ts";
import { useNow } from "../../../ui/use-now.ts";
import page from "../page.module.css";
import { endsSoon } from "../timeline-layout.ts";

/** Who can see a device, with telemetry or without, until when; and who cannot, and why (PRT-3). */
export const SightTable = ({
  standings,
  holdings,
}: {
  standings: readonly Standing[];
  holdings: Holdings;
}) => {
  const { t, i18n } = useTranslation("portal");
  const now = useNow();
  return (
    <div className={page.scrolls}>
      <table className={page.table}>
        <thead>
          <tr>
            <th scope="col">{t("device.partner")}</th>
            <th scope="col">{t("device.sees")}</th>
            <th scope="col">{t("device.telemetry")}</th>
            <th scope="col">{t("device.until")}</th>
          </tr>
        </thead>
        <tbody>
          {standings.map((standing) => {
            const { partnerId, agreements, sees, telemetry, until } = standing;
            const why = agreements.length === 0 ? "device.noAgreement" : "device.noGrant";
            return (
              <tr key={partnerId}>
                <th scope="row">
                  <Link to="/portal/partners/$partnerId" params={{ partnerId }}>
                    {partnerName(holdings, partnerId) ?? t("unknownPartner")}
                  </Link>
                </th>
                <td>
                  {t(sees ? "yes" : "no")}
                  {!sees && <small>{t(why)}</small>}
                </td>
                <td>{sees ? t(telemetry ? "yes" : "no") : "–"}</td>
                <td data-soon={(until !== null && endsSoon(until, now)) || undefined}>
                  {until === null ? "–" : formatDay(until, i18n.language)}
                  {until !== null && (
                    <small>
                      {t(endsFirst(standing) ? "device.byGrant" : "device.byAgreement")}
                    </small>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
};

/** Whether it is the grant that ends before the agreement. */
const endsFirst = ({ until, grants }: Standing): boolean => grants[0]?.until === until;
