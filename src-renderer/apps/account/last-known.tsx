import { Button } from "@mantine/core";
import { IconCloudOff } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Failure } from "#shared/failure.ts";
import type { Answer } from "../../data/use-answer.ts";
import { useFailureText } from "../../ui/failure-text.ts";
import { RelativeTime } from "../../ui/relative-time.tsx";
import classes from "./last-known.module.css";

/** How a question to the server stands. */
type Asked = Pick<Answer<unknown>, "failure" | "at" | "again">;

/** Says that the server could not be asked just now, why, and how old what is shown is; else nothing. */
export const LastKnown = ({ answer }: { answer: Asked }) =>
  answer.failure === null ? null : <Why {...answer} failure={answer.failure} />;

const Why = ({ failure, at, again }: Asked & { failure: Failure }) => {
  const { t } = useTranslation("account");
  const { what, remedy } = useFailureText(failure);
  return (
    <div className={classes.notice} role="status">
      <IconCloudOff size={17} stroke={1.7} aria-hidden="true" />
      <div className={classes.words}>
        <span>
          {failure.code === "server-unreachable" ? t("answer.needsServer") : `${what} ${remedy}`}
        </span>
        {at !== null && (
          <span className={classes.known}>
            {t("answer.asOf")} <RelativeTime at={at} />
          </span>
        )}
      </div>
      <Button size="compact-sm" variant="subtle" onClick={again}>
        {t("answer.again")}
      </Button>
    </div>
  );
};
