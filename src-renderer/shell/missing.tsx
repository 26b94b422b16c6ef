import { Button } from "@mantine/core";
import { IconMap2, IconSeedling } from "@tabler/icons-react";
import { Navigate, useLocation, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Failure } from "#shared/failure.ts";
import { useViewer } from "../data/session.ts";
import { Refused } from "../ui/failure-notice.tsx";
import { EmptyState } from "../ui/states.tsx";
import type { Feature } from "./navigation.ts";
import { itemAt, leadsToOverview, refusalOf } from "./refusal.ts";

const Home = () => {
  const { t } = useTranslation("shell");
  const navigate = useNavigate();
  return (
    <Button variant="default" onClick={() => void navigate({ to: "/partners" })}>
      {t("missing.home")}
    </Button>
  );
};

/** An item that is closed to the viewer: which layer, why, and what would open it. */
export const RefusedItem = ({ failure, item }: { failure: Failure; item: Feature["item"] }) => {
  const { t } = useTranslation("shell");
  return (
    <Refused
      failure={failure}
      title={t("refused.title", { item: t(`nav.${item}`) })}
      action={<Home />}
    />
  );
};

/** An address without a page: hidden, not built yet, or mistyped; each says which. */
export const Missing = () => {
  const { t } = useTranslation("shell");
  const viewer = useViewer();
  const item = itemAt(useLocation().pathname);
  if (item === null) {
    return (
      <EmptyState icon={IconMap2} title={t("missing.title")} action={<Home />}>
        {t("missing.text")}
      </EmptyState>
    );
  }
  if (leadsToOverview(viewer, item)) return <Navigate to="/partners" replace />;
  const failure = refusalOf(viewer, item);
  if (failure !== null) return <RefusedItem failure={failure} item={item} />;
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
