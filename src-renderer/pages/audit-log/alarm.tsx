import { Button } from "@mantine/core";
import { IconAlertOctagon, IconDownload } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Failure } from "#shared/failure.ts";
import type { AuditState } from "#shared/ipc/views.ts";
import { useFailureText } from "../../ui/failure-text.ts";
import { formatExact } from "../../ui/format.ts";
import { saveFile } from "../../ui/save-file.ts";
import classes from "./alarm.module.css";

/**
 * The log no longer continues what this device has seen of it (PRT-4): what that means, what to do,
 * and the evidence to keep.
 */
export const Alarm = ({ failure, state }: { failure: Failure; state: AuditState }) => {
  const { t, i18n } = useTranslation("portal");
  const at = failure.params?.at;
  const signed = typeof at === "string" ? { at: formatExact(at, i18n.language) } : {};
  const { what, remedy } = useFailureText({
    ...failure,
    params: { ...failure.params, ...signed },
  });
  const save = () =>
    saveFile(
      "riversync-audit-evidence.json",
      JSON.stringify({ failure, head: state.head, signedHeads: state.evidence }, null, 2),
      "application/json",
    );
  return (
    <section className={classes.alarm} role="alert" aria-label={t("alarm.title")}>
      <IconAlertOctagon size={28} stroke={1.8} aria-hidden="true" className={classes.icon} />
      <div className={classes.words}>
        <h2>{t("alarm.title")}</h2>
        <p>{what}</p>
        <p>{t("alarm.means")}</p>
        <ol>
          <li>{t("alarm.keep")}</li>
          <li>{t("alarm.tell")}</li>
          <li>{t("alarm.doNot")}</li>
        </ol>
        <p className={classes.remedy}>{remedy}</p>
      </div>
      <Button
        variant="white"
        color="red"
        leftSection={<IconDownload size={16} stroke={1.8} aria-hidden="true" />}
        onClick={save}
      >
        {t("alarm.save")}
      </Button>
    </section>
  );
};
