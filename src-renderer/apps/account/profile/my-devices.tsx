import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fail } from "#shared/failure.ts";
import { err } from "#shared/result.ts";
import { useCore } from "../../../data/core.ts";
import { useViewer } from "../../../data/session.ts";
import { useAnswer } from "../../../data/use-answer.ts";
import { Section } from "../../../ui/section.tsx";
import classes from "../detail.module.css";
import { Sessions } from "../sessions.tsx";
import { SignOutEverywhere } from "./sign-out-everywhere.tsx";

/** The devices one works on oneself; one that is lost is revoked here (ID-3). */
export const MyDevices = () => {
  const { t } = useTranslation("account");
  const core = useCore();
  const { accountId } = useViewer();
  const [leaving, setLeaving] = useState(false);
  const devices = useAnswer(`my-devices ${accountId}`, (asked) => asked.session.devices());
  return (
    <Section
      title={t("profile.devices")}
      aside={
        <Button size="compact-xs" variant="subtle" color="red" onClick={() => setLeaving(true)}>
          {t("everywhere.open")}
        </Button>
      }
    >
      <p className={classes.quiet}>{t("profile.devicesText")}</p>
      <Sessions
        devices={devices}
        label={t("profile.devices")}
        locked={null}
        revoke={(id) =>
          core.session.revokeDevice({ id }).catch(() => err(fail("core-unreachable")))
        }
      />
      {leaving && <SignOutEverywhere onClose={() => setLeaving(false)} />}
    </Section>
  );
};
