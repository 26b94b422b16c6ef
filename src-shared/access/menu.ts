import { type App, apps, type TenantKind, tenantKinds } from "./apps.ts";
import { type Level, type NavItem, navMatrix, type Subtype, templates } from "./nav.ts";

/** What every role is made from: the owner's, the three of seed 002, and one that only looks. */
export const roleTemplates = ["owner", ...templates, "reader"] as const;
export type RoleTemplate = (typeof roleTemplates)[number];

/** What a template gives on an item. */
type TemplateLevels = Readonly<Record<RoleTemplate, Level>>;

/** One item of one app, as one kind of organisation has it in its sidebar. */
export interface MenuRow {
  app: App;
  kind: TenantKind;
  /** Null where the kind has no subtypes, or all of them have the item. */
  subtype: Subtype | null;
  group: string;
  item: Item;
  levels: TemplateLevels;
}

const portalItems = ["my-devices", "my-partners", "audit-log"] as const;
const accountItems = [
  "users",
  "partner-access",
  "roles",
  "permissions",
  "organisation-log",
] as const;

/** An item of some app's sidebar; also the permission a role holds on what the item shows. */
export type Item = NavItem | (typeof portalItems)[number] | (typeof accountItems)[number];

const partnersRows = navMatrix.map(
  ({ subtype, group, item, administrator, coordinator, sales }): MenuRow => ({
    ...{ app: "partners", kind: "partner", subtype, group, item },
    levels: { owner: "full", administrator, coordinator, sales, reader: "read" },
  }),
);

const portal = (
  group: string,
  item: (typeof portalItems)[number],
  coordinator: Level,
  sales: Level,
): MenuRow => ({
  ...{ app: "portal", kind: "customer", subtype: null, group, item },
  levels: { owner: "full", administrator: "full", coordinator, sales, reader: "read" },
});

/** Who runs an organisation is the business of its owner and administrators; a reader may look. */
const account = (
  kinds: readonly TenantKind[],
  group: string,
  item: (typeof accountItems)[number],
): MenuRow[] =>
  kinds.map((kind) => ({
    ...{ app: "account", kind, subtype: null, group, item },
    levels: {
      ...{ owner: "full", administrator: "full", reader: "read" },
      ...{ coordinator: "hidden", sales: "hidden" },
    },
  }));

/** Every item of every app that is built, in the order of the sidebars. */
export const menu: readonly MenuRow[] = [
  ...partnersRows,
  portal("devices", "my-devices", "full", "read"),
  portal("devices", "my-partners", "read", "hidden"),
  portal("proof", "audit-log", "read", "hidden"),
  ...account(tenantKinds, "people", "users"),
  ...account(["customer"], "people", "partner-access"),
  ...account(tenantKinds, "rights", "roles"),
  ...account(tenantKinds, "rights", "permissions"),
  ...account(["partner", "riversync"], "proof", "organisation-log"),
];

/** Every item once, in the order of the sidebars. */
export const items = [...new Set(menu.map(({ item }) => item))] as [Item, ...Item[]];

/** What of an organisation decides which items it has. */
export interface MenuOwner {
  kind: TenantKind;
  subtype: Subtype | null;
}

/** The rows of an organisation's sidebars, of one app where it is named (PAR-12). */
export const menuOf = ({ kind, subtype }: MenuOwner, app?: App): MenuRow[] =>
  menu.filter(
    (row) =>
      row.kind === kind &&
      (row.subtype === null || row.subtype === subtype) &&
      (app === undefined || row.app === app),
  );

const appsByItem = new Map(menu.map(({ item, app }) => [item, app]));

/** The app an item belongs to: no two apps have one of the same name. */
export const appOf = (item: Item): App => appsByItem.get(item) ?? apps[0];

/** Item → the level a role holds on it. An item that is not named is hidden. */
export type Levels = Partial<Record<Item, Level>>;

/** What a template gives in an organisation, over all the apps that a role may reach. */
export const levelsOf = (
  template: RoleTemplate,
  owner: MenuOwner,
  reach: readonly App[] = apps,
): Levels =>
  Object.fromEntries(
    menuOf(owner)
      .filter(({ app }) => reach.includes(app))
      .map(({ item, levels }) => [item, levels[template]]),
  );
