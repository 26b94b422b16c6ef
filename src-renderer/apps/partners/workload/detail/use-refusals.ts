import { useEffect, useState } from "react";
import type { IntentType } from "#shared/domain/registry.ts";
import type { Failure } from "#shared/failure.ts";
import { type Payload, useIntent } from "../../../../data/use-intent.ts";

/** A change someone might want to make; the payload stands for what they would say. */
export interface Wish {
  type: IntentType;
  targetId: string | null;
  probe: Payload;
}

/** What each wish is refused with now: null where it is allowed, absent until it is known. */
export type Refusals = Partial<Record<IntentType, Failure | null>>;

/** Asks the core beforehand what would be refused, and asks anew whenever `stamp` changes. */
export const useRefusals = (wishes: readonly Wish[], stamp: string): Refusals => {
  const { check } = useIntent();
  const [refusals, setRefusals] = useState<Refusals>({});
  const asked = JSON.stringify(wishes);
  useEffect(() => {
    let left = false;
    const list = JSON.parse(asked) as Wish[];
    const ask = async () => {
      const answers = await Promise.all(
        list.map(async ({ type, targetId, probe }) => [type, await check(type, targetId, probe)]),
      );
      if (!left) setRefusals(Object.fromEntries(answers));
    };
    void ask();
    return () => {
      left = true;
    };
  }, [check, asked, stamp]);
  return refusals;
};
