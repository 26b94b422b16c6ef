import { Button, Tooltip } from "@mantine/core";
import { IconFileSpreadsheet, IconFileText } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { AuditState } from "#shared/ipc/views.ts";
import type { LogFiles } from "../../data/use-log-files.ts";
import { formatNumber } from "../../ui/format.ts";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { Section } from "../../ui/section.tsx";
import { Hash } from "./marks.tsx";
import { ProofMark } from "./proof-mark.tsx";
import classes from "./proof-panel.module.css";
import { VerifyFile } from "./verify-file.tsx";

/** The proof of a log: how far it has been checked, what that means, files out of it and into it. */
export const ProofPanel = ({
  state,
  files,
  offline,
}: {
  /** Null until it is known. */
  state: AuditState | null;
  files: LogFiles;
  offline: boolean;
}) => {
  const { t, i18n } = useTranslation("portal");
  const head = state?.head ?? null;
  return (
    <div className={classes.panel}>
      <Section title={t("proof.title")}>
        {state !== null && <ProofMark state={state} />}
        {head !== null && (
          <dl className={classes.facts}>
            <dt>{t("proof.size")}</dt>
            <dd>{formatNumber(head.size, i18n.language)}</dd>
            <dt>{t("proof.at")}</dt>
            <dd>
              <RelativeTime at={head.at} />
            </dd>
            <dt>{t("proof.root")}</dt>
            <dd>
              <Hash value={head.root} />
            </dd>
          </dl>
        )}
        <p className={classes.about}>{t("proof.about")}</p>
        {offline && <p className={classes.about}>{t("proof.offline")}</p>}
      </Section>
      <Section title={t("export.title")}>
        <p className={classes.about}>{t("export.about")}</p>
        <div className={classes.buttons}>
          {(["ndjson", "csv"] as const).map((format) => (
            <Tooltip key={format} label={t(offline ? "export.offline" : `export.${format}About`)}>
              <Button
                variant="default"
                leftSection={
                  format === "csv" ? (
                    <IconFileSpreadsheet size={16} stroke={1.8} aria-hidden="true" />
                  ) : (
                    <IconFileText size={16} stroke={1.8} aria-hidden="true" />
                  )
                }
                loading={files.busy === format}
                disabled={offline || files.busy !== null}
                onClick={() => void files.exportLog(format)}
              >
                {t(`export.${format}`)}
              </Button>
            </Tooltip>
          ))}
        </div>
      </Section>
      <Section title={t("verify.title")}>
        <p className={classes.about}>{t("verify.about")}</p>
        <VerifyFile verify={files.verify} />
      </Section>
    </div>
  );
};
