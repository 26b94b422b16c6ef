import type { RxCollection } from "rxdb/plugins/core";
import { type Intent, type Judging, type Kind, Scalar } from "#shared/domain/intent.ts";
import { type ParsedIntent, parseIntent } from "#shared/domain/run-intent.ts";
import type { DeskItem } from "#shared/ipc/views.ts";
import type { LocalRecord } from "../records/local-record.ts";
import { byIds } from "../records/queries.ts";

type Data = Record<string, unknown>;

/** The lists a reducer adds to, for a record of which nothing is left here. */
const nothing: Data = { notes: [], checklist: [] };

/** The scalar fields in which `after` differs from `before`: what was there, what is wanted. */
const differences = (before: Data, after: Data): DeskItem["mine"] => {
  const mine: DeskItem["mine"] = {};
  for (const [field, value] of Object.entries(after)) {
    const pair = [Scalar.safeParse(before[field] ?? null), Scalar.safeParse(value)] as const;
    const [was, is] = pair;
    if (was.success && is.success && was.data !== is.data) mine[field] = [was.data, is.data];
  }
  return mine;
};

const judging = async (
  records: RxCollection<LocalRecord>,
  { intent, def, payload }: ParsedIntent,
): Promise<Judging> => {
  const needed = def.needs?.(payload) ?? [];
  const known = await byIds(records, [intent.actor, ...needed.map(({ id }) => id)]);
  const get = <T>(kind: Kind, id: string) => {
    const record = known.get(id);
    return record?.kind === kind ? (record.data as T) : undefined;
  };
  const me = get<{ tenantId: string; name: string }>("person", intent.actor);
  return {
    actor: {
      ...{ accountId: intent.actor, tenantId: me?.tenantId ?? "", name: me?.name ?? "" },
      // What was meant does not hang on what their organisation is.
      ...{ tenantName: "", kind: "partner", subtype: null },
    },
    at: intent.deviceTime,
    intentId: intent.id,
    targetId: intent.target.id,
    get,
    all: () => [],
  };
};

/**
 * What an intent meant, field by field: what its maker saw, then what they wanted (S6). It is what
 * its reducer makes of the record as its maker saw it. The guard is not asked: it was, when the
 * change was made, and since then the record may have moved. Of what makes a record, or is not known
 * to this version, it is what the payload says.
 */
export const meaningOf = async (
  records: RxCollection<LocalRecord>,
  intent: Intent,
  known: Data | null,
): Promise<DeskItem["mine"]> => {
  const parsed = parseIntent(intent);
  if (!parsed.ok || parsed.value.def.creates) return differences(intent.saw, intent.payload);
  const { def, payload } = parsed.value;
  const seen = { ...nothing, ...known, ...intent.saw };
  const wanted = def.reduce(seen, payload, await judging(records, parsed.value));
  return differences(seen, wanted as Data);
};
