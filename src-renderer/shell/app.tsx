import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { RouterProvider } from "@tanstack/react-router";
import { type CoreClient, CoreProvider } from "../data/core.ts";
import { PreferencesProvider } from "../data/preferences.ts";
import { SessionProvider } from "../data/session.ts";
import { SyncProvider } from "../data/sync.ts";
import { ApplyPreferences } from "./apply-preferences.tsx";
import { EngineState } from "./engine-state.tsx";
import type { AppRouter } from "./router.tsx";
import { theme } from "./theme.ts";

/** The whole renderer over one core. */
export const App = ({ core, router }: { core: CoreClient; router: AppRouter }) => (
  <MantineProvider
    theme={theme}
    defaultColorScheme="auto"
    env={import.meta.env.MODE === "test" ? "test" : "default"}
  >
    <CoreProvider core={core}>
      <PreferencesProvider>
        <SessionProvider>
          <SyncProvider>
            <ApplyPreferences />
            <Notifications position="bottom-right" limit={4} />
            <EngineState>
              <RouterProvider router={router} />
            </EngineState>
          </SyncProvider>
        </SessionProvider>
      </PreferencesProvider>
    </CoreProvider>
  </MantineProvider>
);
