import { useCallback } from "react";
import type { Preferences } from "#shared/ipc/views.ts";
import { useCore } from "./core.ts";
import { sharedLive } from "./shared-live.ts";

/** What holds until someone chooses. */
const defaultPreferences: Preferences = { language: null, theme: "auto", savedViews: [] };

const shared = sharedLive<Preferences>((core, signal) =>
  core.preferences.watch(undefined, { signal }),
);

/** Opens the preferences for everything below it. */
export const PreferencesProvider = shared.Provider;

/** The choices kept on this device, whether they are known yet, and how to change some of them. */
export const usePreferences = (): {
  preferences: Preferences;
  known: boolean;
  save: (change: Partial<Preferences>) => Promise<boolean>;
} => {
  const core = useCore();
  const live = shared.use();
  const save = useCallback(
    async (change: Partial<Preferences>) => {
      const saved = await core.preferences.save(change).catch(() => null);
      return saved?.ok === true;
    },
    [core],
  );
  return {
    preferences: live.state === "live" ? live.value : defaultPreferences,
    known: live.state === "live",
    save,
  };
};
