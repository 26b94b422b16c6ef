import BetterSqlite from "better-sqlite3";
import { coverageRows, recordRow } from "#server/sync/record-row.ts";
import { templateLevels } from "#shared/access/nav.ts";
import { everywhere } from "#shared/access/scope.ts";
import type { DataOf } from "#shared/domain/registry.ts";
import { id } from "./id.ts";
import { partner, people, worldRecords } from "./records.ts";

type Row = Record<string, string | number | null>;

/** Fills the tables of an empty store in `file`, which nobody has open for writing. */
export const fillStore = (file: string, total: number): void => {
  const db = new BetterSqlite(file);
  const insert = (table: string) => {
    let statement: BetterSqlite.Statement | null = null;
    return (row: Row) => {
      const names = Object.keys(row);
      statement ??= db.prepare(
        `INSERT INTO ${table} (${names.join(", ")}) VALUES (${names.map(() => "?").join(", ")})`,
      );
      statement.run(...Object.values(row));
    };
  };
  db.transaction(() => {
    fillPeople(insert);
    const record = insert("record");
    const coverage = insert("coverage");
    for (const each of worldRecords(total)) {
      record(recordRow(each));
      if (each.kind !== "agreement") continue;
      for (const row of coverageRows(each.data as DataOf<"agreement">)) coverage(row);
    }
  })();
  db.close();
};

const fillPeople = (insert: (table: string) => (row: Row) => void): void => {
  insert("tenant")({
    ...partner,
    kind: "partner",
    subtype: "reseller",
    tier: "gold",
    entitlements: JSON.stringify(["partners", "account"]),
  });
  const role = id("coordinator");
  insert("role")({
    id: role,
    tenant_id: partner.id,
    apps: JSON.stringify(["partners"]),
    name: "Coordinator",
    template: "coordinator",
    levels: JSON.stringify(templateLevels("reseller", "coordinator")),
    scope: JSON.stringify(everywhere),
  });
  const account = insert("account");
  const held = insert("account_role");
  for (const person of people) {
    account({
      ...person,
      tenant_id: partner.id,
      login: person.name,
      email: `${person.id}@example.org`,
      scope: null,
      suspended: 0,
      locale: "en",
    });
    held({ account_id: person.id, app: "partners", role_id: role });
  }
};
