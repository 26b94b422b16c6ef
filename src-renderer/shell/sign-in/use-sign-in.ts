import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Failure, fail } from "#shared/failure.ts";
import { underElectron } from "../../data/connect.ts";
import { useCore } from "../../data/core.ts";

/**
 * Starts a sign-in, with the secret of an invitation where one is to be accepted. In a browser this
 * very tab goes to the provider; Electron's host opens one.
 */
export const useSignIn = (): {
  start: (invitation?: string) => Promise<void>;
  cancel: () => void;
  busy: boolean;
  failure: Failure | null;
} => {
  const core = useCore();
  const { i18n } = useTranslation();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);

  const start = useCallback(
    async (invitation?: string) => {
      setBusy(true);
      setFailure(null);
      const begun = await core.session
        .signIn({
          language: i18n.language === "th" ? "th" : "en",
          ...(invitation === undefined ? {} : { invitation }),
        })
        .catch(() => null);
      setBusy(false);
      if (begun === null) setFailure(fail("sign-in-failed"));
      else if (!begun.ok) setFailure(begun.error);
      else if (!underElectron()) window.location.assign(begun.value.url);
    },
    [core, i18n],
  );

  const cancel = useCallback(() => {
    core.session.cancelSignIn().catch(() => undefined);
  }, [core]);

  return { start, cancel, busy, failure };
};
