import { Button, Loader } from "@mantine/core";
import { IconFileCheck, IconUpload } from "@tabler/icons-react";
import { type DragEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Failure } from "#shared/failure.ts";
import type { Result } from "#shared/result.ts";
import type { LogFiles, Verified } from "../../data/use-log-files.ts";
import { FailureNotice } from "../../ui/failure-notice.tsx";
import { formatExact, formatNumber } from "../../ui/format.ts";
import classes from "./proof-panel.module.css";

/** Takes a receipt or an exported log, dropped or chosen, and says what of it holds. */
export const VerifyFile = ({ verify }: { verify: LogFiles["verify"] }) => {
  const { t } = useTranslation("portal");
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [checking, setChecking] = useState<string | null>(null);
  const [answer, setAnswer] = useState<{
    name: string;
    found: Result<Verified, Failure>;
  } | null>(null);
  const take = (file: File | undefined) => {
    if (file === undefined) return;
    setAnswer(null);
    setChecking(file.name);
    void verify(file).then((found) => {
      setChecking(null);
      setAnswer({ name: file.name, found });
    });
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files[0]);
  };
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a place to drop a file; the button does the same. */}
      <div
        className={classes.drop}
        data-over={over || undefined}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <IconUpload size={18} stroke={1.7} aria-hidden="true" />
        <span>{t("verify.drop")}</span>
        <Button variant="default" size="compact-sm" onClick={() => input.current?.click()}>
          {t("verify.choose")}
        </Button>
        <input
          ref={input}
          type="file"
          hidden
          aria-label={t("verify.title")}
          accept=".json,.ndjson,.jsonl,application/json"
          onChange={(event) => {
            take(event.currentTarget.files?.[0]);
            event.currentTarget.value = "";
          }}
        />
      </div>
      {checking !== null && (
        <p className={classes.about} role="status">
          <Loader size={12} color="gray" /> {t("verify.checking", { name: checking })}
        </p>
      )}
      {answer !== null && <Found {...answer} />}
    </>
  );
};

const Found = ({ name, found }: { name: string; found: Result<Verified, Failure> }) => {
  const { t, i18n } = useTranslation("portal");
  if (!found.ok) {
    return (
      <div className={classes.found}>
        <strong>{t("verify.fails", { name })}</strong>
        <FailureNotice failure={found.error} />
      </div>
    );
  }
  const { kind, lines, at } = found.value;
  return (
    <div className={classes.mark} data-tone="good" role="status">
      <IconFileCheck size={20} stroke={1.8} aria-hidden="true" />
      <span>
        <strong>{t("verify.holds", { name })}</strong>
        <span className={classes.checked}>
          {t(kind === "receipt" ? "verify.receipt" : "verify.log", {
            count: lines,
            formatted: formatNumber(lines, i18n.language),
            at: formatExact(at, i18n.language),
          })}
        </span>
      </span>
    </div>
  );
};
