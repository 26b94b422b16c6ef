import type { Scalar } from "#shared/domain/intent.ts";
import { intentDef } from "#shared/domain/registry.ts";
import type { DeskItem } from "#shared/ipc/views.ts";
import { inOrder } from "./fields.ts";

/** A value that stood against a change, by whom and when as far as that is known. */
export type Other = DeskItem["against"][number];

/** One field of a change, beside what stood against it. */
export interface ComparedField {
  name: string;
  saw: Scalar;
  wanted: Scalar;
  /** Null where it stood as it was seen. */
  other: Other | null;
  /** Whether the other value is another than the wanted one. */
  differs: boolean;
}

/** A change field by field, and which columns of it there is anything to say in. */
export interface Comparison {
  fields: ComparedField[];
  /** False for what makes a record: nothing had been there to see. */
  sawAnything: boolean;
  /** False where the server told nothing of what stands: it may not be seen, or is as it was. */
  toldOthers: boolean;
}

/** An id stands for nothing where its name is told too. */
const named: Record<string, string> = { assigneeId: "assigneeName" };

/** Compares what a change's maker saw and wanted with what stood against it (S6). */
export const compare = ({ intent, mine, against }: DeskItem): Comparison => {
  const others = new Map(against.map((other) => [other.field, other]));
  const names = new Set([...Object.keys(mine), ...others.keys()]);
  const fields = inOrder([...names])
    .filter((name) => !names.has(named[name] ?? ""))
    .map((name): ComparedField => {
      const seen = intent.saw[name] ?? null;
      const [saw, wanted] = mine[name] ?? [seen, seen];
      const other = others.get(name) ?? null;
      return { name, saw, wanted, other, differs: other !== null && other.value !== wanted };
    });
  const sawAnything = intentDef(intent.type)?.creates !== true;
  return { fields, sawAnything, toldOthers: against.length > 0 };
};

/** What of a payload the comparison does not say: remarks, lists. */
export const alsoSaid = ({ intent, mine }: DeskItem): { name: string; value: unknown }[] =>
  inOrder(Object.keys(intent.payload))
    .filter((name) => !Object.hasOwn(mine, name))
    .map((name) => ({ name, value: intent.payload[name] }))
    .filter(({ value }) => value !== null && value !== "");
