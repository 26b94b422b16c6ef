import "@fontsource/ibm-plex-sans-thai/400.css";
import "@fontsource/ibm-plex-sans-thai/500.css";
import "@fontsource/ibm-plex-sans-thai/600.css";
import "@fontsource/ibm-plex-mono/latin-400.css";
import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "@mantine/spotlight/styles.css";
import "@mantine/charts/styles.css";
import "./shell/global.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { features } from "./apps/features.ts";
import { connectCore } from "./data/connect.ts";
import type { CoreClient } from "./data/core.ts";
import { App } from "./shell/app.tsx";
import { startI18n, systemLanguage } from "./shell/i18n.ts";
import { makeRouter } from "./shell/router.tsx";

/** The real core; in development, with `?fake` in the address, one that lives in memory. */
const openCore = async (): Promise<CoreClient> => {
  if (import.meta.env.DEV && new URLSearchParams(location.search).has("fake")) {
    const { fakeCore } = await import("./testing/fake-core.ts");
    return fakeCore(Object.fromEntries(new URLSearchParams(location.search))).client;
  }
  return connectCore();
};

const root = document.getElementById("root");
if (root !== null) {
  startI18n(systemLanguage());
  const core = await openCore();
  createRoot(root).render(
    <StrictMode>
      <App core={core} router={makeRouter(features)} />
    </StrictMode>,
  );
}
