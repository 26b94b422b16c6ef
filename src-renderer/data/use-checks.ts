import { useEffect, useState } from "react";
import type { IntentType } from "#shared/domain/registry.ts";
import type { Failure } from "#shared/failure.ts";
import { type Payload, useIntent } from "./use-intent.ts";

/** A change someone might want to make; the payload stands for what they would say. */
export interface Wish {
  type: IntentType;
  targetId: string | null;
  payload: Payload;
}

/** What each wish is refused with now: null where it is allowed, absent until it is known. */
export type Checks = Readonly<Record<string, Failure | null>>;

/**
 * Asks the core beforehand, by name, what would be refused, and asks anew whenever `stamp` changes.
 * Proving once more who one is belongs to the act, and refuses nothing beforehand.
 */
export const useChecks = (wishes: Readonly<Record<string, Wish>>, stamp: unknown): Checks => {
  const { check } = useIntent();
  const [checks, setChecks] = useState<Checks>({});
  const asked = JSON.stringify(wishes);
  useEffect(() => {
    let left = false;
    const ask = async () => {
      const answers = await Promise.all(
        Object.entries(JSON.parse(asked) as Record<string, Wish>).map(async ([name, wish]) => {
          const refused = await check(wish.type, wish.targetId, wish.payload);
          return [name, refused?.code === "step-up-required" ? null : refused] as const;
        }),
      );
      if (!left) setChecks(Object.fromEntries(answers));
    };
    void ask();
    return () => {
      left = true;
    };
  }, [check, asked, stamp]);
  return checks;
};
