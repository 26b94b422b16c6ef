import { Button } from "@mantine/core";
import { Outlet } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { decide } from "#shared/access/decide.ts";
import type { Viewer } from "#shared/access/viewer.ts";
import type { Failure } from "#shared/failure.ts";
import { useSession, ViewerProvider } from "../data/session.ts";
import { useSyncStatus } from "../data/sync.ts";
import { Refused } from "../ui/failure-notice.tsx";
import { Frame } from "./frame/frame.tsx";
import { SignOut } from "./frame/sign-out.tsx";
import classes from "./gate.module.css";
import { SignIn } from "./sign-in/sign-in.tsx";
import { Splash } from "./splash.tsx";
import { StepUp } from "./step-up/step-up.tsx";

/** What stands in the window: the way in, a refusal of the whole app, or the apps (AUTH-1). */
export const Gate = () => {
  const session = useSession();
  const told = useSyncStatus()?.failure ?? null;
  if (session.state !== "live") return <Splash />;
  if (session.value.state !== "signed-in") return <SignIn session={session.value} />;
  const { viewer, ended } = session.value;
  // Whom the server tells nothing any more, it does not tell who they are now either (S9).
  const closed = told?.layer === "tenant" ? told : null;
  const refused = decide(viewer, {}) ?? closed;
  return (
    <ViewerProvider viewer={viewer}>
      {refused === null ? (
        <StepUp>
          <Frame ended={ended}>
            <Outlet />
          </Frame>
        </StepUp>
      ) : (
        <NotForYou viewer={viewer} failure={refused} />
      )}
    </ViewerProvider>
  );
};

/** An account that may open nothing: never a piece of an app, only why, and the way out. */
const NotForYou = ({ viewer, failure }: { viewer: Viewer; failure: Failure }) => {
  const { t } = useTranslation("shell");
  const [leaving, setLeaving] = useState(false);
  return (
    <main className={classes.alone}>
      <Refused
        failure={failure}
        title={t("notForYou.title")}
        action={
          <>
            <Button onClick={() => setLeaving(true)}>{t("notForYou.signOut")}</Button>
            <span className={classes.who}>{t("notForYou.where", { email: viewer.email })}</span>
          </>
        }
      />
      <SignOut opened={leaving} onClose={() => setLeaving(false)} />
    </main>
  );
};
