import { Button, Loader } from "@mantine/core";
import { IconArrowRight, IconCloudOff, IconLifebuoy, IconLock } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Failure } from "#shared/failure.ts";
import type { SessionState } from "#shared/ipc/views.ts";
import { underElectron } from "../../data/connect.ts";
import { BrandMark } from "../../ui/brand-mark.tsx";
import { FailureNotice } from "../../ui/failure-notice.tsx";
import { LanguageChoice, ThemeChoice } from "../choices.tsx";
import { Invitation } from "./invitation.tsx";
import { River } from "./river.tsx";
import classes from "./sign-in.module.css";
import { useSignIn } from "./use-sign-in.ts";

const points = [
  { icon: IconLock, key: "signIn.point1" },
  { icon: IconCloudOff, key: "signIn.point2" },
  { icon: IconLifebuoy, key: "signIn.point3" },
] as const;

/** The way in. */
export const SignIn = ({ session }: { session: Exclude<SessionState, { state: "signed-in" }> }) => {
  const { t } = useTranslation("shell");
  return (
    <div className={classes.page}>
      <aside className={classes.brand}>
        <River />
        <div className={classes.words}>
          <div className={classes.mark}>
            <BrandMark size={30} />
            {t("brand")}
          </div>
          <p className={classes.lead}>{t("signIn.lead")}</p>
          <ul className={classes.points}>
            {points.map(({ icon: Glyph, key }) => (
              <li key={key}>
                <Glyph size={17} stroke={1.6} aria-hidden="true" />
                {t(key)}
              </li>
            ))}
          </ul>
        </div>
      </aside>
      <main className={classes.main}>
        <div className={classes.choices}>
          <LanguageChoice />
          <ThemeChoice />
        </div>
        <div className={classes.form}>
          {session.state === "signing-in" ? (
            <Waiting url={session.url} />
          ) : (
            <Start failure={session.failure} />
          )}
        </div>
      </main>
    </div>
  );
};

const Start = ({ failure: last }: { failure: Failure | null }) => {
  const { t } = useTranslation("shell");
  const { start, busy, failure } = useSignIn();
  const [invited, setInvited] = useState(false);
  if (invited) return <Invitation onBack={() => setInvited(false)} />;
  const shown = failure ?? last;
  return (
    <>
      <h1 className={classes.title}>{t("signIn.title")}</h1>
      <p className={classes.text}>{t("signIn.text")}</p>
      {shown !== null && <FailureNotice failure={shown} />}
      <Button
        size="md"
        fullWidth
        loading={busy}
        onClick={() => void start()}
        rightSection={<IconArrowRight size={17} />}
        data-autofocus
      >
        {t("signIn.button")}
      </Button>
      <Button variant="subtle" color="gray" onClick={() => setInvited(true)}>
        {t("invitation.open")}
      </Button>
      <p className={classes.note}>{t("signIn.offlineNote")}</p>
    </>
  );
};

const Waiting = ({ url }: { url: string }) => {
  const { t } = useTranslation("shell");
  const { cancel } = useSignIn();
  return (
    <div role="status" className={classes.waiting}>
      <Loader size={22} />
      <h1 className={classes.title}>{t("signIn.waiting")}</h1>
      <p className={classes.text}>{t("signIn.waitingText")}</p>
      <div className={classes.row}>
        <Button
          component="a"
          href={url}
          variant="default"
          {...(underElectron() ? { target: "_blank", rel: "noreferrer" } : {})}
        >
          {t("signIn.openAgain")}
        </Button>
        <Button variant="subtle" color="gray" onClick={cancel}>
          {t("signIn.cancel")}
        </Button>
      </div>
    </div>
  );
};
