import { COMPLEX, indexValueAt } from "./index-value.ts";
import type { SqliteDatabase } from "./sqlite-driver.ts";
import { createIndexesSql, createTableSql, type TableLayout } from "./table-layout.ts";

/**
 * Gives an existing table another layout: same documents, same revisions and sequence numbers, other
 * index columns. Runs inside the caller's transaction. Returns the columns SQL must not compare.
 */
export function rebuildTable(
  db: SqliteDatabase,
  table: string,
  layout: TableLayout,
): readonly string[] {
  const untrusted = new Set<string>();
  const old = `${table}_old`;
  db.exec(`ALTER TABLE "${table}" RENAME TO "${old}"`);
  db.exec(createTableSql(table, layout));
  const own = layout.columns.map((column) => `, ${column.name}`).join("");
  const insert = db.prepare(
    `INSERT INTO "${table}" (id, rev, deleted, lwt, seq, data${own})
     VALUES (?, ?, ?, ?, ?, ?${", ?".repeat(layout.columns.length)})`,
  );
  const page = db
    .prepare<[number], [number, string, string, number, number, number, string]>(
      `SELECT rowid, id, rev, deleted, lwt, seq, data FROM "${old}" WHERE rowid > ?
       ORDER BY rowid LIMIT 500`,
    )
    .raw();
  let last = 0;
  for (let rows = page.all(last); rows.length > 0; rows = page.all(last)) {
    for (const [rowid, ...fixed] of rows) {
      const document = JSON.parse(fixed[5]) as object;
      const values = layout.columns.map((column) => {
        const value = indexValueAt(document, column.keys);
        if (value === COMPLEX) untrusted.add(column.name);
        return value;
      });
      insert.run(...fixed, ...values);
      last = rowid;
    }
  }
  // The old table's indexes have the names the new one's need.
  db.exec(`DROP TABLE "${old}"`);
  for (const sql of createIndexesSql(table, layout)) db.exec(sql);
  return [...untrusted];
}
