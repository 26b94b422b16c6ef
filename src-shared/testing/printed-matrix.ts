/** The role × menu-item table of seed 002, as it prints it: item, Administrator, Coordinator, Sales. */
const printed = `
reseller
sales
Leads | Full | — | Full
Opportunities | Full | — | Full
Deals | Full | — | Full
Quotes | Full | — | Full
Closed | Full | Read | Full
channel
My distributors | Full | Read | Read
service
Workload | Full | Full | —
Covered devices | Full | Full | Read
Renewals | Full | Read | Full
program
Tier program | Full | Read | Read
distributor
sales
Deals | Full | — | Full
Quotes | Full | — | Full
Closed | Full | Read | Full
channel
Resellers | Full | Read | Read
Distribution agreements | Full | Read | Read`;

const levels: Record<string, string> = { Full: "full", Read: "read", "—": "hidden" };

/** A row of the printed table. */
export interface PrintedRow {
  subtype: string;
  group: string;
  item: string;
  administrator: string;
  coordinator: string;
  sales: string;
}

/** The rows of the printed table, in its order, in our words: "Covered devices" is `covered-devices`. */
export const printedMatrix = (): PrintedRow[] => {
  let subtype = "";
  let group = "";
  return printed
    .trim()
    .split("\n")
    .flatMap((line) => {
      const [name = "", ...cells] = line.split(" | ");
      if (name === "reseller" || name === "distributor") subtype = name;
      else if (cells.length === 0) group = name;
      if (cells.length === 0) return [];
      const [administrator = "", coordinator = "", sales = ""] = cells.map((c) => levels[c] ?? c);
      const item = name.toLowerCase().replaceAll(" ", "-");
      return [{ subtype, group, item, administrator, coordinator, sales }];
    });
};

/** Rows in an order of their own: the sidebar stands in another than the printed table (PAR-12). */
export const sorted = <T extends { subtype: string; item: string }>(rows: readonly T[]): T[] =>
  rows.toSorted((a, b) => `${a.subtype}${a.item}`.localeCompare(`${b.subtype}${b.item}`));
