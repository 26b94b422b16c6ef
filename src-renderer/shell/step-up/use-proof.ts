import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Failure, fail } from "#shared/failure.ts";
import { underElectron } from "../../data/connect.ts";
import { useCore } from "../../data/core.ts";
import { useSession } from "../../data/session.ts";

/** How a proof stands: not begun, waited for at `url`, or come to nothing. */
export interface Proof {
  start: () => Promise<void>;
  url: string | null;
  busy: boolean;
  failure: Failure | null;
}

/** A tab of its own: this one holds the act that waits. Null where the browser opens none. */
const openTab = (): Window | null => {
  if (underElectron()) return null;
  const tab = window.open("", "_blank");
  if (tab !== null) tab.opener = null;
  return tab;
};

/** Has the person sign in once more, and calls `onProved` as soon as the session says they have. */
export const useProof = (onProved: () => void): Proof => {
  const core = useCore();
  const { i18n } = useTranslation();
  const session = useSession();
  const signedIn =
    session.state === "live" && session.value.state === "signed-in" ? session.value : null;
  const provedAt = signedIn?.provedAt ?? null;
  const last = signedIn?.stepUpFailure ?? null;
  const [url, setUrl] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const before = useRef(provedAt);
  /** A failure that was there before this try began; it is over once the session says none. */
  const old = useRef<string | null>(null);
  const done = useRef(onProved);
  done.current = onProved;

  useEffect(() => {
    if (provedAt !== before.current) done.current();
  }, [provedAt]);

  useEffect(() => {
    if (last === null) old.current = null;
    if (url === null || last === null || JSON.stringify(last) === old.current) return;
    setUrl(null);
    setFailure(last);
  }, [url, last]);

  const start = async () => {
    const tab = openTab();
    old.current = last === null ? null : JSON.stringify(last);
    setBusy(true);
    setFailure(null);
    const begun = await core.session
      .stepUp({ language: i18n.language === "th" ? "th" : "en" })
      .catch(() => null);
    setBusy(false);
    if (begun?.ok) {
      setUrl(begun.value.url);
      if (tab !== null) tab.location.href = begun.value.url;
      return;
    }
    tab?.close();
    setFailure(begun === null ? fail("core-unreachable") : begun.error);
  };

  return { start, url, busy, failure };
};
