import type { RxCollection } from "rxdb/plugins/core";
import type { Place } from "#shared/domain/common.ts";
import { indexFields, NEVER } from "#shared/domain/index-fields.ts";
import type { Intent } from "#shared/domain/intent.ts";
import type { Failure } from "#shared/failure.ts";
import type { DeskItem } from "#shared/ipc/views.ts";
import type { Verdict } from "#shared/sync/wire.ts";
import { isHusk, type LocalRecord } from "../records/local-record.ts";
import { byIds } from "../records/queries.ts";
import { meaningOf } from "./meaning.ts";

/** The word on an intent that brings it onto the desk. `failure` is null where it was applied. */
export interface Word {
  failure: Failure | null;
  /** ISO. */
  at: string;
  against: DeskItem["against"];
}

/** The word of a verdict, where it needs a person: it refuses, or it replaced another's value (S6). */
export const wordOf = (verdict: Verdict): Word | null => {
  const { at, against } = verdict;
  if (verdict.status === "refused") return { failure: verdict.failure, at, against };
  return against.length > 0 ? { failure: null, at, against } : null;
};

/** An item without anything that was seen of its record: what the person wrote and wanted stays. */
export const withoutSeen = (item: DeskItem): DeskItem => ({
  ...item,
  intent: { ...item.intent, saw: {} },
  ...{ customerId: null, customerName: null, subject: null, tier: null, due: null },
  deviceId: null,
  mine: Object.fromEntries(
    Object.entries(item.mine).map(([field, [, wanted]]) => [field, [null, wanted]]),
  ),
  against: [],
});

type About = Pick<
  DeskItem,
  "deviceId" | "customerId" | "customerName" | "subject" | "tier" | "due"
>;
type Named = Partial<Place & { id: string; ref: string; title: string; name: string }>;

/** What the record was about, in words that outlive it; of a create the device it names. */
const aboutOf = (
  { payload, target }: Intent,
  known: Record<string, unknown> | null,
  device: Named | undefined,
): About => {
  const work: Named = known ?? {};
  const title = work.title ?? (typeof payload.title === "string" ? payload.title : undefined);
  const where = work.deviceName ?? device?.name;
  const said = [work.ref, title, where].filter((part) => part !== undefined);
  const { due } = indexFields(target.kind, target.id, known);
  return {
    deviceId: work.deviceId ?? device?.id ?? (target.kind === "device" ? target.id : null),
    customerId: work.customerId ?? device?.customerId ?? null,
    customerName: work.customerName ?? device?.customerName ?? null,
    subject: said.length > 0 ? said.join(" · ") : null,
    tier: work.tier ?? device?.tier ?? null,
    due: due === NEVER ? null : due,
  };
};

/**
 * An intent and the word on it as a whole item of the desk, from what this device knows of its
 * record now: it must be asked before the server's answer replaces the record. `gone` where that
 * answer takes the record away.
 */
export const deskItem = async (
  records: RxCollection<LocalRecord>,
  intent: Intent,
  word: Word,
  gone = false,
): Promise<DeskItem> => {
  const { deviceId } = intent.payload;
  const ids = [intent.target.id, ...(typeof deviceId === "string" ? [deviceId] : [])];
  const held = await byIds(records, ids);
  const target = held.get(intent.target.id);
  const known = standing(target);
  const device = typeof deviceId === "string" ? held.get(deviceId)?.data : undefined;
  const item: DeskItem = {
    id: intent.id,
    intent,
    failure: word.failure,
    decidedAt: word.at,
    ...aboutOf(intent, known, device),
    mine: await meaningOf(records, intent, known),
    against: word.against,
  };
  // Of a record that has been erased meanwhile nothing that was seen comes back with its intent (S9).
  const told = target === undefined || target.rev > 0;
  const erased = (gone && told) || (target !== undefined && isHusk(target));
  return erased ? withoutSeen(item) : item;
};

/** What the server last told of a record, else what was made of it here; null where neither is left. */
const standing = (record: LocalRecord | undefined): Record<string, unknown> | null => {
  const data = record?.base ?? record?.data;
  return data === undefined || Object.keys(data).length === 0 ? null : data;
};
