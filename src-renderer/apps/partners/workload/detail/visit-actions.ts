import {
  type Icon,
  IconCar,
  IconCircleCheck,
  IconMapPinCheck,
  IconMessagePlus,
  IconUserPlus,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { IntentType } from "#shared/domain/registry.ts";
import type { Visit } from "#shared/domain/visit/visit.ts";
import { useViewer } from "../../../../data/session.ts";
import { useIntent } from "../../../../data/use-intent.ts";
import type { Action } from "./action-bar.tsx";
import { useTakers } from "./forms.tsx";
import { nextStep } from "./next-step.ts";

/** What can be done with a visit: its next step first and large, then what else there is. */
export const useVisitActions = (visit: Visit, open: (type: IntentType) => void): Action[] => {
  const { t } = useTranslation("work");
  const { make } = useIntent();
  const viewer = useViewer();
  const someone = useTakers()?.[0]?.value ?? viewer.accountId;
  const step = nextStep(visit);
  const action = (
    type: IntentType,
    label: string,
    icon: Icon,
    more: Partial<Action> = {},
  ): Action => ({
    type,
    targetId: visit.id,
    probe: {},
    label,
    icon,
    run: () => void make(type, visit.id, {}),
    ...more,
  });
  const own = visit.assigneeId === viewer.accountId;
  const next = { primary: own, large: own, hotkey: "c" as const };

  const actions: Action[] = [];
  if (step === "visit.start-travel") {
    actions.push(action(step, t("step.start-travel"), IconCar, next));
    actions.push(action("visit.arrive", t("step.here"), IconMapPinCheck));
  }
  if (step === "visit.arrive") {
    actions.push(action(step, t("step.arrive"), IconMapPinCheck, next));
  }
  if (step === "visit.complete") {
    actions.push(
      action(step, t("step.complete"), IconCircleCheck, {
        ...next,
        probe: { outcome: "follow-up-needed", summary: "?", labourMinutes: 0 },
        run: () => open("visit.complete"),
      }),
    );
  }
  if (visit.status === "scheduled") {
    actions.push(
      action(
        "visit.assign",
        t(step === "visit.assign" ? "step.assign" : "action.visit-assign"),
        IconUserPlus,
        {
          ...(step === "visit.assign" ? { primary: true, large: true } : {}),
          hotkey: "a",
          probe: { assigneeId: someone },
          run: () => open("visit.assign"),
        },
      ),
    );
  }
  actions.push(
    action("visit.note", t("action.visit-note"), IconMessagePlus, {
      hotkey: "n",
      probe: { text: "?" },
      run: () => open("visit.note"),
    }),
  );
  return actions;
};
