import { Button, CopyButton, Group, TextInput } from "@mantine/core";
import { IconCheck, IconClockUp, IconCopy } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { INVITATION_DAYS } from "#shared/domain/person/intents.ts";
import { useAnswer } from "../../../../data/use-answer.ts";
import { useRecord } from "../../../../data/use-record.ts";
import classes from "./invite.module.css";
import { invitationLink } from "./secret.ts";

/** The link of an invitation, to be handed over: it is nowhere else, and never shown again. */
export const LinkOnce = ({
  personId,
  name,
  secret,
  onDone,
}: {
  personId: string;
  name: string;
  secret: string;
  onDone: () => void;
}) => {
  const { t } = useTranslation("account");
  const host = useAnswer("host", (core) => core.host.info());
  const person = useRecord("person", personId);
  const waits = person.state === "live" && (person.value?.record.pending.length ?? 0) > 0;
  const link = host.value === null ? "" : invitationLink(host.value.serverUrl, secret);
  return (
    <div className={classes.once}>
      <p className={classes.text}>{t("link.text", { name })}</p>
      <div className={classes.link}>
        <TextInput
          className={classes.address}
          aria-label={t("link.label")}
          value={link}
          readOnly
          onFocus={(event) => event.currentTarget.select()}
        />
        <CopyButton value={link} timeout={4000}>
          {({ copied, copy }) => (
            <Button
              size="sm"
              onClick={copy}
              data-autofocus
              leftSection={
                copied ? (
                  <IconCheck size={16} aria-hidden="true" />
                ) : (
                  <IconCopy size={16} stroke={1.8} aria-hidden="true" />
                )
              }
            >
              {t(copied ? "link.copied" : "link.copy")}
            </Button>
          )}
        </CopyButton>
      </div>
      <ul className={classes.rules}>
        <li>{t("link.days", { count: INVITATION_DAYS })}</li>
        <li>{t("link.once")}</li>
        <li>{t("link.shownOnce")}</li>
      </ul>
      {waits && (
        <p className={classes.waits} role="status">
          <IconClockUp size={17} stroke={1.7} aria-hidden="true" />
          {t("waiting.invitation")}
        </p>
      )}
      <Group justify="flex-end" mt="xs">
        <Button variant="default" onClick={onDone}>
          {t("link.done")}
        </Button>
      </Group>
    </div>
  );
};
