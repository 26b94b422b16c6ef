/** The two partner subtypes; each has its own sidebar (seed 002, PAR-12). */
export const subtypes = ["reseller", "distributor"] as const;
export type Subtype = (typeof subtypes)[number];

/** The role templates of the Partners app, as seed 002 names them. */
export const templates = ["administrator", "coordinator", "sales"] as const;
export type Template = (typeof templates)[number];

/** What a role may do with a menu item: everything, look, or not know that it is there. */
export const levels = ["full", "read", "hidden"] as const;
export type Level = (typeof levels)[number];

/** One row of the role × menu-item matrix. */
interface NavRow {
  subtype: Subtype;
  group: "sales" | "channel" | "service" | "program";
  item: string;
  administrator: Level;
  coordinator: Level;
  sales: Level;
}

const row = <const I extends string>(
  subtype: Subtype,
  group: NavRow["group"],
  item: I,
  administrator: Level,
  coordinator: Level,
  sales: Level,
) => ({ subtype, group, item, administrator, coordinator, sales });

/** The matrix of seed 002, row by row and in the order of its sidebars. */
export const navMatrix = [
  row("reseller", "sales", "leads", "full", "hidden", "full"),
  row("reseller", "sales", "opportunities", "full", "hidden", "full"),
  row("reseller", "sales", "deals", "full", "hidden", "full"),
  row("reseller", "sales", "quotes", "full", "hidden", "full"),
  row("reseller", "sales", "closed", "full", "read", "full"),
  row("reseller", "service", "workload", "full", "full", "hidden"),
  row("reseller", "service", "covered-devices", "full", "full", "read"),
  row("reseller", "service", "renewals", "full", "read", "full"),
  row("reseller", "channel", "my-distributors", "full", "read", "read"),
  row("reseller", "program", "tier-program", "full", "read", "read"),
  row("distributor", "sales", "deals", "full", "hidden", "full"),
  row("distributor", "sales", "quotes", "full", "hidden", "full"),
  row("distributor", "sales", "closed", "full", "read", "full"),
  row("distributor", "channel", "resellers", "full", "read", "read"),
  row("distributor", "channel", "distribution-agreements", "full", "read", "read"),
] as const satisfies readonly NavRow[];

/** An item of the matrix. */
export type NavItem = (typeof navMatrix)[number]["item"];

/** Every item once, in the order of the matrix. */
export const navItems = [...new Set(navMatrix.map((r) => r.item))];

/** The levels a template gives in a subtype, hidden where the matrix has no row. */
export const templateLevels = (
  subtype: Subtype,
  template: Template,
): Partial<Record<NavItem, Level>> =>
  Object.fromEntries(
    navMatrix.filter((r) => r.subtype === subtype).map((r) => [r.item, r[template]]),
  );
