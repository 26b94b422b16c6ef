import { describe } from "vitest";
import { batching } from "./contract/batching.ts";
import { collecting } from "./contract/collecting.ts";
import { customers } from "./contract/customers.ts";
import { deciding } from "./contract/deciding.ts";
import { filing } from "./contract/filing.ts";
import { groundOn, type Kept } from "./contract/ground.ts";
import { judging } from "./contract/judging.ts";
import { mending } from "./contract/mending.ts";
import { overwriting } from "./contract/overwriting.ts";
import { people } from "./contract/people.ts";
import { proving } from "./contract/proving.ts";
import { pulling } from "./contract/pulling.ts";
import { pushing } from "./contract/pushing.ts";
import { revoking } from "./contract/revoking.ts";
import { standing } from "./contract/standing.ts";

/**
 * What every store must do, through the real application: run against each database alike. `open`
 * opens an empty one each time.
 */
export const storeContract = (name: string, open: () => Promise<Kept>): void => {
  const others = {
    mending,
    batching,
    overwriting,
    deciding,
    collecting,
    proving,
    people,
    customers,
  };
  const groups = { pulling, pushing, revoking, standing, judging, filing, ...others };
  describe.each(Object.entries(groups))(`the store on ${name}: %s`, (_group, tests) => {
    tests(groundOn(open));
  });
};
