import { Button, TextInput } from "@mantine/core";
import { IconArrowRight } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { FailureNotice } from "../../ui/failure-notice.tsx";
import { secretIn } from "./secret-in.ts";
import classes from "./sign-in.module.css";
import { useSignIn } from "./use-sign-in.ts";

/** Takes the link of an invitation, and leads to where its holder chooses a password (ACC-2). */
export const Invitation = ({ onBack }: { onBack: () => void }) => {
  const { t } = useTranslation("shell");
  const { start, busy, failure } = useSignIn();
  const [pasted, setPasted] = useState("");
  const [wanting, setWanting] = useState(false);
  const secret = secretIn(pasted);
  const go = (event: FormEvent) => {
    event.preventDefault();
    setWanting(true);
    if (secret !== null) void start(secret);
  };
  return (
    <form onSubmit={go} noValidate className={classes.invitation}>
      <h1 className={classes.title}>{t("invitation.title")}</h1>
      <p className={classes.text}>{t("invitation.text")}</p>
      {failure !== null && <FailureNotice failure={failure} />}
      <TextInput
        size="md"
        label={t("invitation.label")}
        value={pasted}
        error={wanting && secret === null ? t("invitation.wrong") : null}
        onChange={(event) => setPasted(event.currentTarget.value)}
        autoComplete="off"
        spellCheck={false}
        autoFocus
      />
      <Button
        type="submit"
        size="md"
        fullWidth
        loading={busy}
        rightSection={<IconArrowRight size={17} />}
      >
        {t("invitation.go")}
      </Button>
      <Button variant="subtle" color="gray" onClick={onBack}>
        {t("invitation.back")}
      </Button>
    </form>
  );
};
