import { IconAlertOctagon, IconShieldCheck, IconShieldQuestion } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { AuditState } from "#shared/ipc/views.ts";
import { formatNumber } from "../../ui/format.ts";
import { RelativeTime } from "../../ui/relative-time.tsx";
import classes from "./proof-panel.module.css";

/** Whether a log is proven, in a line: up to where and when it was checked, or that it is not what it was. */
export const ProofMark = ({ state: { head, alarm } }: { state: AuditState }) => {
  const { t, i18n } = useTranslation("portal");
  if (alarm !== null) {
    return (
      <p className={classes.mark} data-tone="danger" role="status">
        <IconAlertOctagon size={20} stroke={1.8} aria-hidden="true" />
        <span>{t("proof.broken")}</span>
      </p>
    );
  }
  if (head === null) {
    return (
      <p className={classes.mark} role="status">
        <IconShieldQuestion size={20} stroke={1.8} aria-hidden="true" />
        <span>{t("proof.notYet")}</span>
      </p>
    );
  }
  const upTo = { count: head.size, formatted: formatNumber(head.size, i18n.language) };
  return (
    <p className={classes.mark} data-tone="good" role="status">
      <IconShieldCheck size={20} stroke={1.8} aria-hidden="true" />
      <span>
        {t("proof.checked", upTo)}, <RelativeTime at={head.at} />
      </span>
    </p>
  );
};
