import { IconCpu, IconHourglassLow, IconShieldCheck, IconShieldOff } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { HeldDevice } from "../../../data/holdings.ts";
import { Figure, Figures } from "../../../ui/figures.tsx";
import { endsSoon, type Span } from "../timeline-layout.ts";

const devices = "/portal/devices";

/** How many devices there are, how many are covered and are not, and how much ends soon. */
export const HoldingFigures = ({
  held,
  spans,
  readsGrants,
  now,
}: {
  held: readonly HeldDevice[];
  spans: readonly Span[];
  readsGrants: boolean;
  now: number;
}) => {
  const { t } = useTranslation("portal");
  const covered = held.filter(({ agreement }) => agreement !== null).length;
  return (
    <Figures>
      <Figure label={t("figure.devices")} value={held.length} icon={IconCpu} to={devices} />
      <Figure label={t("figure.covered")} value={covered} icon={IconShieldCheck} to={devices} />
      <Figure
        label={t("figure.uncovered")}
        value={held.length - covered}
        icon={IconShieldOff}
        tone="warn"
        to={devices}
        search={{ partner: ["nobody"] }}
      />
      <Figure
        label={t("figure.endsSoon")}
        value={spans.filter(({ to }) => endsSoon(to, now)).length}
        icon={IconHourglassLow}
        tone="warn"
        to={readsGrants ? "/portal/partners" : devices}
      />
    </Figures>
  );
};
