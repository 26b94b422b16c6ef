import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { levelOf } from "#shared/access/layers.ts";
import type { Place, Priority } from "#shared/domain/common.ts";
import type { WorkKind } from "#shared/ipc/views.ts";
import { useViewer } from "../../../../data/session.ts";
import {
  KindIcon,
  PendingMark,
  PriorityMark,
  StatusBadge,
  TierBadge,
} from "../../../../ui/badges.tsx";
import { useWorkNavigation } from "../work-navigation.ts";
import classes from "./detail.module.css";

/** What it is, how it stands, and where: the head of every detail. */
export const DetailHead = ({
  kind,
  item,
  priority,
  pending,
}: {
  kind: WorkKind;
  item: Place & { ref: string; title: string; status: string };
  priority: Priority | null;
  pending: number;
}) => {
  const viewer = useViewer();
  const opensDevices = levelOf(viewer, "covered-devices") !== "hidden";
  return (
    <header className={classes.head}>
      <div className={classes.headLine}>
        <KindIcon kind={kind} />
        <span className={classes.ref}>{item.ref}</span>
        <StatusBadge kind={kind} status={item.status} />
        {priority !== null && <PriorityMark priority={priority} />}
        <TierBadge tier={item.tier} />
        <PendingMark count={pending} />
      </div>
      <h2 className={classes.title}>{item.title}</h2>
      <div className={classes.place}>
        {`${item.customerName}\u00a0· ${item.siteName}\u00a0· `}
        {opensDevices ? (
          <Link to="/partners/devices/$deviceId" params={{ deviceId: item.deviceId }}>
            {item.deviceName}
          </Link>
        ) : (
          item.deviceName
        )}
      </div>
    </header>
  );
};

/** Names and what stands for them, in as many columns as there is room for; null says nothing. */
export const Facts = ({ facts }: { facts: readonly (readonly [string, ReactNode])[] }) => (
  <dl className={classes.facts}>
    {facts
      .filter(([, value]) => value !== null && value !== "")
      .map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
  </dl>
);

/** Another piece of work, one click away. */
export const LinkedWork = ({
  kind,
  item,
  aside,
}: {
  kind: WorkKind;
  item: { id: string; ref: string; title: string; status: string };
  aside?: ReactNode;
}) => {
  const { open } = useWorkNavigation();
  return (
    <button type="button" className={classes.linked} onClick={() => open({ kind, id: item.id })}>
      <KindIcon kind={kind} />
      <span className={classes.ref}>{item.ref}</span>
      <span className={classes.linkedTitle}>{item.title}</span>
      {aside}
      <StatusBadge kind={kind} status={item.status} />
    </button>
  );
};

/** What is said where a part has nothing in it. */
export const Quiet = ({ children }: { children: ReactNode }) => (
  <p className={classes.quiet}>{children}</p>
);

/** A text of people's own, its line breaks kept. */
export const Prose = ({ children }: { children: string }) => {
  const { i18n } = useTranslation();
  return (
    <p className={classes.text} lang={/[\u0E00-\u0E7F]/.test(children) ? "th" : i18n.language}>
      {children}
    </p>
  );
};
