import type { Item } from "#shared/access/menu.ts";
import { appOf, type MenuOwner } from "#shared/access/menu.ts";
import type { Person } from "#shared/domain/person/person.ts";
import { levelsHeld, type TenantRole } from "#shared/domain/role/role.ts";
import type { Failure, FailureCode } from "#shared/failure.ts";

/**
 * Who can unlock what was refused: those of one's own organisation who change what `item` shows,
 * RiverSync, whoever makes the agreement, the customer, or nobody.
 */
export type Unlock =
  | { by: "own"; item: Item }
  | { by: "riversync" | "agreement" | "customer" | "nobody" };

const unlocks: Partial<Record<FailureCode, Unlock>> = {
  "account-suspended": { by: "own", item: "users" },
  "not-in-subtype": { by: "nobody" },
  "app-not-entitled": { by: "riversync" },
  "no-role-in-app": { by: "own", item: "users" },
  "permission-missing": { by: "own", item: "permissions" },
  "permission-read-only": { by: "own", item: "permissions" },
  "outside-scope": { by: "own", item: "permissions" },
  "assign-beyond-scope": { by: "own", item: "permissions" },
  "not-covered": { by: "agreement" },
  "not-granted": { by: "customer" },
};

/** Who can unlock a refusal; null where none of the six layers refused. */
export const unlockOf = ({ code }: Failure): Unlock | null => unlocks[code] ?? null;

/** The people of an organisation who may change what an item shows, by name. */
export const holdersOfFull = (
  item: Item,
  people: readonly Person[],
  roles: readonly TenantRole[],
  owner: MenuOwner,
): string[] => {
  const enough = new Set(
    roles
      .filter((role) => role.status === "active" && levelsHeld(role, owner)[item] === "full")
      .map(({ id }) => id),
  );
  return people
    .filter(({ access }) => {
      const held = access?.roles[appOf(item)];
      return access?.status === "active" && held !== undefined && enough.has(held);
    })
    .map(({ name }) => name)
    .sort((a, b) => a.localeCompare(b));
};
