import { Popover, UnstyledButton } from "@mantine/core";
import { IconHelpCircle } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Failure } from "#shared/failure.ts";
import classes from "./why-not.module.css";
import { WhyNot } from "./why-not.tsx";

/** A refusal, and what it is about where several are told together. */
export interface NamedRefusal {
  name?: string;
  failure: Failure;
}

/** "Why can't I?" beside something that is locked: opens the answer there. */
export const WhyNotLink = ({
  refusals,
  children,
}: {
  refusals: readonly NamedRefusal[];
  /** Other words than the question, such as "Read only". */
  children?: ReactNode;
}) => {
  const { t } = useTranslation("common");
  if (refusals.length === 0) return null;
  return (
    <Popover position="bottom-start" width={560} shadow="md" withArrow trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton className={classes.link}>
          {children ?? <IconHelpCircle size={14} stroke={1.8} aria-hidden="true" />}
          <span className={classes.question}>{t("refusal.why")}</span>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className={classes.dropdown} aria-label={t("refusal.why")}>
        {refusals.map(({ name, failure }) => (
          <section key={`${name}${failure.code}`}>
            {name !== undefined && <h3 className={classes.name}>{name}</h3>}
            <WhyNot failure={failure} />
          </section>
        ))}
      </Popover.Dropdown>
    </Popover>
  );
};
