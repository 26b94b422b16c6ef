import type { Page } from "playwright";
import type { Kind } from "#shared/domain/intent.ts";
import type { DataOf } from "#shared/domain/registry.ts";
import { firstOf, type OpenCore } from "./core-client.ts";

/** What is opened at a place before its picture is taken; `text` says a text of the product. */
export type Act = (page: Page, text: (key: string) => string) => Promise<void>;

type Core = OpenCore["core"];
type Place = [name: string, path: string, sign: string, act?: Act];

/** Every record of a small kind that a core holds; waits until there is one. */
const all = async <K extends Kind>(core: Core, kind: K): Promise<DataOf<K>[]> => {
  const found = await firstOf(
    (signal) => core.records.watchKind({ kind }, { signal }),
    (records) => records.length > 0,
  );
  return found.map(({ data }) => data as DataOf<K>);
};

const named = <T extends { name: string }>(records: readonly T[], name: string): T => {
  const found = records.find((record) => record.name === name);
  if (found === undefined) throw new Error(`there is no ${name}`);
  return found;
};

/** Opens a dialog or a form with a button, and waits until it stands there. */
const press =
  (key: string, shows: string): Act =>
  async (page, text) => {
    await page
      .getByRole("button", { name: text(key) })
      .first()
      .click();
    await page.locator(shows).first().waitFor();
  };

/** Fills a log: a role is made, renamed and given a level. */
const actOn = async (core: Core): Promise<void> => {
  const make = async (type: string, targetId: string | null, payload: Record<string, unknown>) => {
    const made = await core.intents.make({ type, targetId, payload });
    if (!made.ok) throw new Error(made.error.code);
    return made.value.targetId;
  };
  const [first] = await all(core, "role");
  const apps = first?.apps ?? [];
  const id = await make("role.create", null, { name: "Night desk", template: "reader", apps });
  await make("role.rename", id, { name: "Night and weekend desk" });
  await make("role.set-level", id, { item: "users", level: "hidden" });
  await firstOf(
    (signal) => core.sync.watch(undefined, { signal }),
    ({ phase, waiting }) => phase === "up-to-date" && waiting === 0,
  );
};

/** The surfaces on which an organisation's people and roles are run. */
const running = async (core: Core): Promise<Place[]> => {
  const [people, roles] = await Promise.all([all(core, "person"), all(core, "role")]);
  const role = roles.find(({ template }) => template !== "owner");
  const person = people.find(({ name }) => name.startsWith("Nok")) ?? people[0];
  return [
    ["profile", "/account/profile", "main h2"],
    ["users", "/account/users", "main ul a"],
    ["user", `/account/users/${person?.id}`, "article h2"],
    ["invite", "/account/users", "main ul a", press("account:invite.open", "[role=dialog] form")],
    ["roles", "/account/roles", "main ul a"],
    ["role", `/account/roles/${role?.id}`, "article h2"],
    [
      "new-role",
      "/account/roles",
      "main ul a",
      press("account:createRole.open", "[role=dialog] form"),
    ],
    ["permissions", "/account/permissions", "[role=gridcell]"],
    ["permissions-role", `/account/permissions?role=${role?.id}`, "article h2"],
  ];
};

const under = (who: string, places: readonly Place[]): Place[] =>
  places.map(([name, ...rest]) => [`${who}-${name}`, ...rest]);

/** What a partner's administrator sees of Account. */
export const administrators = async (core: Core): Promise<Place[]> => {
  await actOn(core);
  return under("administrator", [
    ...(await running(core)),
    ["log", "/account/log", "main li a"],
    ["log-line", "/account/log?line=3", "article h2"],
  ]);
};

/** What a customer's owner sees of Portal and Account. */
export const customers = async (core: Core): Promise<Place[]> => {
  const partners = await all(core, "partner");
  const devices = await all(core, "device");
  const nera = named(partners, "Nera").tenantId;
  const access = `/account/partner-access/${nera}`;
  await actOn(core);
  return under("customer", [
    ["portal", "/portal", "main h1, main h2"],
    ["devices", "/portal/devices", "main a"],
    ["device", `/portal/devices/${devices[0]?.id}`, "main h2"],
    ["partners", "/portal/partners", "main li a"],
    ["partner", `/portal/partners/${nera}`, "article h2"],
    ["log", "/portal/audit", "main li a"],
    ["log-line", "/portal/audit?line=3", "article h2"],
    ["log-proof", "/portal/audit?proof=true", "main section h3, main section h2"],
    ["access-list", "/account/partner-access", "main li a"],
    ["access", access, "article h2"],
    ["access-change", access, "article h2", press("access:grant.change", "article form")],
    ...(await running(core)),
    [
      "access-withdraw",
      access,
      "article h2",
      press("access:grant.withdraw", "[role=dialog] button"),
    ],
  ]);
};
