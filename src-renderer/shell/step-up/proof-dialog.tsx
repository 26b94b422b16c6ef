import { Button, Loader, Modal } from "@mantine/core";
import { IconShieldLock } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Failure } from "#shared/failure.ts";
import { FailureNotice } from "../../ui/failure-notice.tsx";
import { useFailureText } from "../../ui/failure-text.ts";
import classes from "./proof-dialog.module.css";
import { useProof } from "./use-proof.ts";

/** Asks somebody to prove that it is them: what for, where, and how it stands. */
export const ProofDialog = ({
  failure: asks,
  purpose,
  settle,
}: {
  failure: Failure;
  purpose: string | null;
  settle: (proved: boolean) => void;
}) => {
  const { t } = useTranslation("shell");
  const { what } = useFailureText(asks);
  const { start, url, busy, failure } = useProof(() => settle(true));
  return (
    <Modal
      opened
      onClose={() => settle(false)}
      title={<strong>{t("stepUp.title")}</strong>}
      size={460}
    >
      <div className={classes.words}>
        <span className={classes.glyph}>
          <IconShieldLock size={22} stroke={1.6} aria-hidden="true" />
        </span>
        <div>
          {purpose !== null && <p className={classes.purpose}>{t("stepUp.for", { purpose })}</p>}
          <p>{what}</p>
          <p className={classes.calm}>{t("stepUp.text")}</p>
        </div>
      </div>
      {failure !== null && <FailureNotice failure={failure} />}
      {url !== null && (
        <p role="status" className={classes.waiting}>
          <Loader size={16} />
          <span>
            {t("stepUp.waiting")}{" "}
            <a href={url} target="_blank" rel="noreferrer">
              {t("signIn.openAgain")}
            </a>
          </span>
        </p>
      )}
      <div className={classes.actions}>
        <Button variant="default" onClick={() => settle(false)}>
          {t("signIn.cancel")}
        </Button>
        {url === null && (
          <Button loading={busy} onClick={() => void start()} data-autofocus>
            {t("stepUp.button")}
          </Button>
        )}
      </div>
    </Modal>
  );
};
