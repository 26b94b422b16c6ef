import { Tooltip } from "@mantine/core";
import { IconArrowRight } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { kinds } from "#shared/domain/intent.ts";
import type { PreviewRequest, SightPreview } from "#shared/sync/people.ts";
import { type Answer, useAnswer } from "../../data/use-answer.ts";
import { formatNumber } from "../../ui/format.ts";
import { LoadingState } from "../../ui/states.tsx";
import { LastKnown } from "./last-known.tsx";
import classes from "./sight.module.css";

/** How many devices are named before the rest is only counted. */
const NAMED = 12;

/** Asks the server what somebody sees, or would see; `stamp` changes when the answer might. */
export const useSight = (request: PreviewRequest | null, stamp = ""): Answer<SightPreview> =>
  useAnswer(request === null ? null : `sight ${stamp} ${JSON.stringify(request)}`, (core) =>
    core.people.preview(request ?? { accountId: null }),
  );

/** What somebody sees, in figures and names; beside it what they would see, where that is asked. */
export const Sight = ({
  now,
  would,
}: {
  now: Answer<SightPreview>;
  /** With the change that is considered; null while none is. */
  would: Answer<SightPreview> | null;
}) => {
  const asked = would ?? now;
  if (now.value === null || asked.value === null) {
    return asked.failure === null && now.failure === null ? (
      <LoadingState rows={3} />
    ) : (
      <LastKnown answer={now.failure === null ? asked : now} />
    );
  }
  return (
    <div className={classes.sight} data-stale={asked.asking || undefined}>
      <LastKnown answer={asked} />
      <Devices sight={asked.value} before={would === null ? null : now.value} />
      <Counts sight={asked.value} before={would === null ? null : now.value} />
      <Names sight={asked.value} before={would === null ? null : now.value} />
    </div>
  );
};

interface Compared {
  sight: SightPreview;
  /** What was seen before the change; null where none is considered. */
  before: SightPreview | null;
}

const devicesIn = ({ counts, devices }: SightPreview): number => counts.device ?? devices.length;

const Devices = ({ sight, before }: Compared) => {
  const { t } = useTranslation("account");
  const seen = devicesIn(sight);
  const share = sight.ofDevices === 0 ? 0 : (100 * seen) / sight.ofDevices;
  const was = before === null ? null : devicesIn(before);
  return (
    <div className={classes.devices}>
      <div className={classes.line}>
        <span className={classes.figure}>
          {was !== null && was !== seen && <Was value={was} />}
          {t("sight.devices", { count: seen, of: sight.ofDevices })}
        </span>
        {was !== null && <Difference by={seen - was} />}
      </div>
      <div className={classes.bar} aria-hidden="true">
        {was !== null && was > seen && sight.ofDevices > 0 && (
          <span className={classes.lost} style={{ width: `${(100 * was) / sight.ofDevices}%` }} />
        )}
        <span className={classes.seen} style={{ width: `${share}%` }} />
      </div>
    </div>
  );
};

const Was = ({ value }: { value: number }) => {
  const { i18n } = useTranslation();
  return (
    <>
      <s className={classes.was}>{formatNumber(value, i18n.language)}</s>
      <IconArrowRight size={13} stroke={1.8} aria-hidden="true" />
    </>
  );
};

const Difference = ({ by }: { by: number }) => {
  const { t } = useTranslation("account");
  if (by === 0) return <span className={classes.same}>{t("sight.same")}</span>;
  return (
    <span className={by > 0 ? classes.more : classes.fewer}>
      {t(by > 0 ? "sight.more" : "sight.fewer", { count: Math.abs(by) })}
    </span>
  );
};

const Counts = ({ sight, before }: Compared) => {
  const { t, i18n } = useTranslation("account");
  const shown = kinds.filter(
    (kind) =>
      kind !== "device" && (sight.counts[kind] !== undefined || before?.counts[kind] !== undefined),
  );
  return (
    <dl className={classes.counts}>
      {shown.map((kind) => {
        const count = sight.counts[kind] ?? 0;
        const was = before?.counts[kind] ?? (before === null ? count : 0);
        return (
          <div key={kind} data-none={count === 0 || undefined}>
            <dt>{t(`kinds.${kind}`)}</dt>
            <dd>
              {was !== count && <Was value={was} />}
              {formatNumber(count, i18n.language)}
            </dd>
          </div>
        );
      })}
    </dl>
  );
};

/** Whether every device is named, so that one that is not named is not seen. */
const namesAll = (sight: SightPreview): boolean => sight.devices.length >= devicesIn(sight);

const Names = ({ sight, before }: Compared) => {
  const { t } = useTranslation("account");
  const kept = new Set(sight.devices.map(({ id }) => id));
  const had = new Set(before?.devices.map(({ id }) => id));
  const gone = namesAll(sight) ? (before?.devices.filter(({ id }) => !kept.has(id)) ?? []) : [];
  const isNew = (id: string) => before !== null && namesAll(before) && !had.has(id);
  const all = [
    ...gone.map((device) => ({ ...device, mark: "gone" as const })),
    ...sight.devices.map((device) => ({ ...device, mark: isNew(device.id) ? "new" : null })),
  ];
  const most = Math.max(devicesIn(sight), before === null ? 0 : devicesIn(before));
  const more = most - Math.min(all.length, NAMED);
  if (all.length === 0) return null;
  return (
    <ul className={classes.names} aria-label={t("sight.named")}>
      {all.slice(0, NAMED).map((device) => (
        <li key={device.id} data-mark={device.mark ?? undefined}>
          <Tooltip label={`${device.customerName} · ${device.siteName}`}>
            <span>
              {device.mark === "gone" ? (
                <s title={t("sight.gone", { name: device.name })}>{device.name}</s>
              ) : (
                device.name
              )}
            </span>
          </Tooltip>
        </li>
      ))}
      {more > 0 && <li className={classes.rest}>{t("sight.rest", { count: more })}</li>}
    </ul>
  );
};
