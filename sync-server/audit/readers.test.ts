import { expect, test } from "vitest";
import { levelsOf, type RoleTemplate } from "#shared/access/menu.ts";
import type { Viewer } from "#shared/access/viewer.ts";
import { id } from "#shared/testing/builders.ts";
import { roleOf, viewerOf } from "#shared/testing/viewers.ts";
import { mayReadLog, sightOf } from "./readers.ts";

const viewer = (
  name: string,
  tenant: string,
  kind: Viewer["tenant"]["kind"],
  template: RoleTemplate,
  app: "portal" | "account",
): Viewer => {
  const known = viewerOf(null);
  const levels = levelsOf(template, { kind, subtype: null }, [app]);
  return {
    ...known,
    accountId: id(name),
    tenant: { ...known.tenant, id: id(tenant), kind },
    entitlements: ["account", "portal"],
    roles: { [app]: roleOf(template, { levels }) },
  };
};

const cora = viewer("Cora", "Acme", "customer", "owner", "portal");
const sales = viewer("Sol", "Acme", "customer", "sales", "portal");
const ada = viewer("Ada", "Nera", "partner", "administrator", "account");
const staff = viewer("Sun", "RiverSync", "riversync", "owner", "account");
const lineOf = (actor: string) => ({
  log: id("Acme"),
  entry: { actor: { accountId: id(actor) } },
});

test("[PRT-4] a log is read by its own organisation, as far as a role opens it, and by nobody else", () => {
  expect(mayReadLog(cora, id("Acme")).ok).toBe(true);
  expect(mayReadLog(ada, id("Nera")).ok).toBe(true);
  expect(mayReadLog(sales, id("Acme"))).toMatchObject({ error: { code: "permission-missing" } });
  for (const stranger of [ada, staff]) {
    const answer = mayReadLog(stranger, id("Acme"));
    expect(answer).toMatchObject({ error: { code: "audit-log-not-yours" } });
  }
});

test("[PRT-4] [S14] of their own act in another's log people see what they wrote, of others' nothing", () => {
  const paths = ["payload", "payload.text", "changes.status", "overrode"];
  const seen = (who: Viewer, actor: string) => {
    const sight = sightOf(who, lineOf(actor));
    return sight && paths.filter(sight);
  };
  expect(seen(cora, "Ada")).toEqual(paths);
  expect(seen(ada, "Ada")).toEqual(["payload", "payload.text"]);
  expect(seen(ada, "Tam")).toBeNull();
});
