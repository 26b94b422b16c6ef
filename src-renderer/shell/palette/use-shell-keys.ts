import { spotlight } from "@mantine/spotlight";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useViewer } from "../../data/session.ts";
import { keyOf } from "../../ui/key-of.ts";
import { isTyping } from "../../ui/typing.ts";
import { useFeatures } from "../features.ts";
import { appOfItem, type Feature } from "../navigation.ts";
import { refusalOf } from "../refusal.ts";
import { useApp } from "../use-app.ts";

/** The second key after "g" that leads to an item; where apps share one, to that of the app one is in. */
export const goKeys: Partial<Record<Feature["item"], string>> = {
  overview: "o",
  attention: "a",
  workload: "w",
  "covered-devices": "d",
  renewals: "r",
  leads: "l",
  deals: "e",
  quotes: "q",
  closed: "c",
  "tier-program": "t",
  "portal-overview": "o",
  "my-devices": "d",
  "my-partners": "n",
  "audit-log": "h",
  "organisation-log": "h",
  profile: "p",
  users: "u",
  "partner-access": "x",
  roles: "s",
  permissions: "m",
};

/** The built features the viewer may open, those of the app one is in before all others. */
export const useReachable = (): Feature[] => {
  const viewer = useViewer();
  const here = useApp();
  const elsewhere = ({ item }: Feature) => Number((appOfItem(item) ?? here) !== here);
  return useFeatures()
    .filter((feature) => refusalOf(viewer, feature.item) === null)
    .toSorted((a, b) => elsewhere(a) - elsewhere(b));
};

/** How long after "g" its second key may come, ms. */
const SECOND_KEY = 1200;

/** Keys that hold everywhere: the palette, "?" for help, "g" then a letter to go somewhere. */
export const useShellKeys = (onHelp: () => void): void => {
  const navigate = useNavigate();
  const reachable = useReachable();
  const latest = useRef({ onHelp, reachable });
  latest.current = { onHelp, reachable };

  useEffect(() => {
    let going = 0;
    const onKey = (event: KeyboardEvent) => {
      const key = keyOf(event);
      if ((event.ctrlKey || event.metaKey) && !event.altKey && key === "k") {
        event.preventDefault();
        spotlight.toggle();
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (key === "?") {
        latest.current.onHelp();
        return;
      }
      const second = Date.now() - going < SECOND_KEY;
      going = key === "g" ? Date.now() : 0;
      if (!second) return;
      const to = latest.current.reachable.find((f) => goKeys[f.item] === key);
      if (to === undefined) return;
      // The letter has been used up: a list must not take it as its own.
      event.preventDefault();
      event.stopImmediatePropagation();
      void navigate({ to: to.path });
    };
    window.addEventListener("keydown", onKey, { capture: true });
    return () => window.removeEventListener("keydown", onKey, { capture: true });
  }, [navigate]);
};
