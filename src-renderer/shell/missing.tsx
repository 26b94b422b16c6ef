import { Button } from "@mantine/core";
import { IconMap2, IconSeedling } from "@tabler/icons-react";
import { Navigate, useLocation, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { App } from "#shared/access/apps.ts";
import { decide } from "#shared/access/decide.ts";
import { useViewer } from "../data/session.ts";
import { Refused } from "../ui/failure-notice.tsx";
import { EmptyState } from "../ui/states.tsx";
import { useFeatures } from "./features.ts";
import { appAt, appOfItem, type Feature, homePath, isOpen, startOf } from "./navigation.ts";
import { itemAt, leadsToOverview, wishOf } from "./refusal.ts";

/** Leads to where the viewer's day begins, or to Account from an app that is not built. */
const Home = ({ to }: { to?: App }) => {
  const { t } = useTranslation("shell");
  const navigate = useNavigate();
  const viewer = useViewer();
  const features = useFeatures();
  const path = (to && startOf(to, features)) ?? homePath(viewer, features);
  return (
    <Button variant="default" onClick={() => void navigate({ to: path })}>
      {to === undefined ? t("missing.home") : t("missing.to", { app: t(`app.${to}`) })}
    </Button>
  );
};

/** An item that is closed to the viewer: which layer, why, and what would open it. */
export const RefusedItem = ({ item }: { item: Feature["item"] }) => {
  const { t } = useTranslation("shell");
  const viewer = useViewer();
  const failure = decide(viewer, wishOf(item));
  const app = appOfItem(item);
  const title =
    app !== null && (isOpen(item) || failure?.layer === "entitlement")
      ? t("refused.app", { app: t(`app.${app}`) })
      : t("refused.title", { item: t(`nav.${item}`) });
  return failure && <Refused failure={failure} title={title} action={<Home />} />;
};

/** An app that is not built, or is not for the viewer. */
const AppMissing = ({ app }: { app: App }) => {
  const { t } = useTranslation("shell");
  const failure = decide(useViewer(), { app });
  if (failure !== null) {
    const title = t("refused.app", { app: t(`app.${app}`) });
    return <Refused failure={failure} title={title} action={<Home to="account" />} />;
  }
  return (
    <EmptyState
      icon={IconSeedling}
      tone="accent"
      title={t("missing.notBuilt", { item: t(`app.${app}`) })}
      action={<Home to="account" />}
    >
      {t("missing.appText")}
    </EmptyState>
  );
};

/** An address without a page: hidden, not built yet, or mistyped; each says which. */
export const Missing = () => {
  const { t } = useTranslation("shell");
  const viewer = useViewer();
  const features = useFeatures();
  const path = useLocation().pathname;
  const item = itemAt(path);
  const app = appAt(path);
  if (item === null && app !== null && startOf(app, features) === null) {
    return <AppMissing app={app} />;
  }
  if (item === null) {
    return (
      <EmptyState icon={IconMap2} title={t("missing.title")} action={<Home />}>
        {t("missing.text")}
      </EmptyState>
    );
  }
  if (leadsToOverview(viewer, item)) return <Navigate to="/partners" replace />;
  if (decide(viewer, wishOf(item)) !== null) return <RefusedItem item={item} />;
  return (
    <EmptyState
      icon={IconSeedling}
      tone="accent"
      title={t("missing.notBuilt", { item: t(`nav.${item}`) })}
      action={<Home />}
    >
      {t("missing.notBuiltText")}
    </EmptyState>
  );
};
