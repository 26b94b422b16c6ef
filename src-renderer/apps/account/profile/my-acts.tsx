import { Button, Tooltip } from "@mantine/core";
import { IconReceipt } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSyncStatus } from "../../../data/sync.ts";
import { useActs } from "../../../data/use-acts.ts";
import { useLogFiles } from "../../../data/use-log-files.ts";
import { useActWords } from "../../../ui/act-words.ts";
import { RelativeTime } from "../../../ui/relative-time.tsx";
import { Section } from "../../../ui/section.tsx";
import classes from "../detail.module.css";
import profile from "./profile.module.css";

const SHOWN = 8;

/** What one did lately, each with the receipt that proves it without the server (PRT-4). */
export const MyActs = () => {
  const { t } = useTranslation("account");
  const acts = useActs();
  const files = useLogFiles();
  const offline = useSyncStatus()?.phase === "offline";
  const nameOf = useActWords("doneHere");
  const [all, setAll] = useState(false);
  const rows = acts.state === "live" ? acts.value : [];
  return (
    <Section title={t("receipts.title")}>
      <p className={classes.quiet}>{t(rows.length === 0 ? "receipts.none" : "receipts.text")}</p>
      <ul className={profile.acts}>
        {rows.slice(0, all ? rows.length : SHOWN).map(({ intentId, type, at, subject }) => (
          <li key={intentId}>
            <span>{nameOf(type)}</span>
            <span className={profile.quiet}>{subject ?? t("receipts.gone")}</span>
            <span className={profile.quiet}>
              <RelativeTime at={at} />
            </span>
            <Tooltip label={t(offline ? "receipts.offline" : "receipts.save")}>
              <Button
                size="compact-xs"
                variant="default"
                leftSection={<IconReceipt size={14} aria-hidden="true" />}
                disabled={offline || files.busy !== null}
                onClick={() => void files.saveReceipt({ intentId })}
              >
                {t("receipts.receipt")}
              </Button>
            </Tooltip>
          </li>
        ))}
      </ul>
      {rows.length > SHOWN && !all && (
        <Button size="compact-sm" variant="subtle" onClick={() => setAll(true)}>
          {t("receipts.all", { count: rows.length })}
        </Button>
      )}
    </Section>
  );
};
