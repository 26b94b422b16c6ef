import { Badge, Button } from "@mantine/core";
import { IconDeviceLaptop, IconDeviceLaptopOff } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Failure } from "#shared/failure.ts";
import type { Result } from "#shared/result.ts";
import type { DeviceView } from "#shared/sync/session.ts";
import type { Answer } from "../../data/use-answer.ts";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { LoadingState } from "../../ui/states.tsx";
import { LastKnown } from "./last-known.tsx";
import { RevokeDevice } from "./revoke-device.tsx";
import classes from "./sessions.module.css";

/** How a device stands: at work, told to erase itself, or erased. */
const stateOf = ({ revokedAt, wipedAt }: DeviceView) =>
  wipedAt !== null ? "wiped" : revokedAt !== null ? "revoked" : "active";

/** The devices somebody works on, the last seen first; each can be revoked, after proving who one is. */
export const Sessions = ({
  devices,
  label,
  revoke,
  locked,
}: {
  devices: Answer<DeviceView[]>;
  /** Whose they are. */
  label: string;
  revoke: (id: string) => Promise<Result<unknown, Failure>>;
  /** Why none may be revoked, or null. */
  locked: Failure | null;
}) => {
  const { t } = useTranslation("account");
  const [asked, setAsked] = useState<DeviceView | null>(null);
  const { value, asking, failure } = devices;
  return (
    <>
      <LastKnown answer={devices} />
      {value === null && asking && <LoadingState rows={2} />}
      {value === null && !asking && failure === null && (
        <p className={classes.quiet}>{t("sessions.none")}</p>
      )}
      {value?.length === 0 && <p className={classes.quiet}>{t("sessions.none")}</p>}
      {value !== null && value.length > 0 && (
        <ul className={classes.list} aria-label={label}>
          {value.map((device) => (
            <OneDevice
              key={device.id}
              device={device}
              onRevoke={locked === null && !device.here ? () => setAsked(device) : null}
            />
          ))}
        </ul>
      )}
      {asked !== null && (
        <RevokeDevice
          device={asked}
          revoke={revoke}
          onClose={() => setAsked(null)}
          onDone={() => {
            setAsked(null);
            devices.again();
          }}
        />
      )}
    </>
  );
};

const OneDevice = ({ device, onRevoke }: { device: DeviceView; onRevoke: (() => void) | null }) => {
  const { t } = useTranslation("account");
  const state = stateOf(device);
  const Glyph = state === "active" ? IconDeviceLaptop : IconDeviceLaptopOff;
  return (
    <li className={classes.device} data-state={state}>
      <Glyph size={19} stroke={1.6} aria-hidden="true" className={classes.glyph} />
      <div className={classes.words}>
        <span className={classes.name}>
          {device.name || t("sessions.device", { tail: device.id.slice(-4).toUpperCase() })}
          {device.here && (
            <Badge size="xs" variant="light" radius="sm" tt="none">
              {t("sessions.here")}
            </Badge>
          )}
        </span>
        <span className={classes.facts}>
          <span>
            {device.appVersion === ""
              ? t("sessions.noVersion")
              : t("sessions.version", { version: device.appVersion })}
          </span>
          <span>
            {t("sessions.lastSeen")} <RelativeTime at={device.lastSeen} />
          </span>
          <span>
            {t("sessions.firstSeen")} <RelativeTime at={device.firstSeen} />
          </span>
        </span>
        {device.wipedAt !== null ? (
          <span className={classes.state}>
            {t("sessions.wiped")} <RelativeTime at={device.wipedAt} />
          </span>
        ) : (
          device.revokedAt !== null && (
            <span className={classes.state} data-waits>
              {t("sessions.revoked")} <RelativeTime at={device.revokedAt} />
              {t("sessions.notHeard")}
            </span>
          )
        )}
      </div>
      {onRevoke !== null && state === "active" && (
        <Button size="compact-sm" variant="default" onClick={onRevoke}>
          {t("sessions.revoke")}
        </Button>
      )}
    </li>
  );
};
