import { Button, CloseButton, Tooltip } from "@mantine/core";
import type { Icon } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { decideAct } from "#shared/access/decide.ts";
import { type IntentType, intentDefs } from "#shared/domain/registry.ts";
import type { Failure } from "#shared/failure.ts";
import { useViewer } from "../../../../data/session.ts";
import { FailureNotice } from "../../../../ui/failure-notice.tsx";
import { useFailureText } from "../../../../ui/failure-text.ts";
import { KeyHint } from "../../../../ui/key-hint.tsx";
import { useKeys } from "../../../../ui/use-keys.ts";
import { WhyNotLink } from "../../../../ui/why-not/why-not-link.tsx";
import classes from "./action-bar.module.css";
import { permitted } from "./permitted.ts";
import { useRefusals, type Wish } from "./use-refusals.ts";

/** Something that can be done with what is shown. */
export interface Action extends Wish {
  label: string;
  icon: Icon;
  hotkey?: "t" | "a" | "n" | "c";
  /** The step that is expected next: filled, and large where `large`. */
  primary?: boolean;
  large?: boolean;
  run: () => void;
}

/**
 * What the viewer's role can do here, by button and by key. What is refused just now stays, says
 * why on hover, and says all of it when pressed.
 */
export const ActionBar = ({ actions, stamp }: { actions: readonly Action[]; stamp: string }) => {
  const { t } = useTranslation("work");
  const viewer = useViewer();
  const mine = actions.filter((action) => permitted(viewer, action.type));
  const refusals = useRefusals(
    mine.map(({ type, targetId, probe }) => ({ type, targetId, probe })),
    stamp,
  );
  const [asked, setAsked] = useState<IntentType | null>(null);
  const press = (action: Action) => {
    if (refusals[action.type]) {
      setAsked((was) => (was === action.type ? null : action.type));
      return;
    }
    setAsked(null);
    action.run();
  };
  useKeys((key) => {
    const action = mine.find((one) => one.hotkey === key);
    return action === undefined
      ? undefined
      : () => {
          press(action);
          return true;
        };
  });
  if (mine.length === 0) return <OnlyToLookAt actions={actions} />;
  const why = asked === null ? null : refusals[asked];
  const locked = mine.flatMap(({ type, label }) => {
    const failure = refusals[type];
    return failure ? [{ name: label, failure }] : [];
  });
  return (
    <>
      <div className={classes.bar} role="toolbar">
        {mine.map((action) => (
          <ActionButton
            key={action.type}
            action={action}
            refusal={refusals[action.type] ?? null}
            onPress={() => press(action)}
          />
        ))}
        <WhyNotLink refusals={locked} />
      </div>
      {why && (
        <div className={classes.why}>
          <FailureNotice failure={why} />
          <CloseButton size="sm" aria-label={t("why.hide")} onClick={() => setAsked(null)} />
        </div>
      )}
    </>
  );
};

/** Nothing of it is the viewer's to do: says so, and why. */
const OnlyToLookAt = ({ actions }: { actions: readonly Action[] }) => {
  const { t } = useTranslation("common");
  const viewer = useViewer();
  const [first] = actions;
  const failure = first === undefined ? null : decideAct(viewer, intentDefs[first.type]);
  if (failure === null) return null;
  return (
    <div className={classes.bar}>
      <WhyNotLink refusals={[{ failure }]}>{t("readOnly")}</WhyNotLink>
    </div>
  );
};

const ActionButton = ({
  action,
  refusal,
  onPress,
}: {
  action: Action;
  refusal: Failure | null;
  onPress: () => void;
}) => {
  const Glyph = action.icon;
  return (
    <Tooltip
      label={refusal !== null && <Why failure={refusal} />}
      disabled={refusal === null}
      multiline
      maw={320}
    >
      <Button
        size={action.large ? "md" : "compact-md"}
        variant={action.primary ? "filled" : "default"}
        className={classes.action}
        {...(action.large ? { "data-large": true } : {})}
        {...(refusal === null ? {} : { "data-disabled": true })}
        aria-disabled={refusal !== null}
        leftSection={<Glyph size={action.large ? 20 : 16} stroke={1.8} aria-hidden="true" />}
        rightSection={action.hotkey && <KeyHint keys={action.hotkey.toUpperCase()} />}
        onClick={onPress}
      >
        {action.label}
      </Button>
    </Tooltip>
  );
};

const Why = ({ failure }: { failure: Failure }) => {
  const { what, remedy } = useFailureText(failure);
  return (
    <>
      {what} {remedy}
    </>
  );
};
