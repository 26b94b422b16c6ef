import { Tooltip } from "@mantine/core";
import { IconLock } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { decide } from "#shared/access/decide.ts";
import type { Item } from "#shared/access/menu.ts";
import type { Failure } from "#shared/failure.ts";
import { useViewer } from "../../data/session.ts";
import { useFailureText } from "../../ui/failure-text.ts";
import classes from "./read-only.module.css";

/** Why the viewer may not change what an item shows, or null where it may. */
export const useMayNot = (item: Item): Failure | null =>
  decide(useViewer(), { item, level: "full" });

/** A small lock that says why, on hover and to those who cannot see it. */
export const LockMark = ({ failure }: { failure: Failure }) => {
  const { what, remedy } = useFailureText(failure);
  return (
    <Tooltip label={`${what} ${remedy}`}>
      <span className={classes.lock} role="img" aria-label={what}>
        <IconLock size={13} stroke={1.9} aria-hidden="true" />
      </span>
    </Tooltip>
  );
};

/** Why something beside it cannot be done, in a line; nothing where it can. */
export const LockReason = ({ failure }: { failure: Failure | null | undefined }) =>
  failure == null ? null : <Reason failure={failure} />;

const Reason = ({ failure }: { failure: Failure }) => {
  const { what, remedy } = useFailureText(failure);
  return (
    <p className={classes.why}>
      <IconLock size={14} stroke={1.8} aria-hidden="true" />
      <span>
        {what} {remedy}
      </span>
    </p>
  );
};

/** Puts a reason on hover around something that is switched off. */
export const Because = ({
  failure,
  children,
}: {
  failure: Failure | null | undefined;
  children: ReactNode;
}) => (failure == null ? children : <Hover failure={failure}>{children}</Hover>);

const Hover = ({ failure, children }: { failure: Failure; children: ReactNode }) => {
  const { what, remedy } = useFailureText(failure);
  return (
    <Tooltip label={`${what} ${remedy}`}>
      <span className={classes.because}>{children}</span>
    </Tooltip>
  );
};
