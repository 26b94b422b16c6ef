import type { Kysely } from "kysely";
import type { DataOf } from "#shared/domain/registry.ts";
import { accountRoleRows, accountRow, roleRow } from "../access/derive.ts";
import type { Database } from "../store/schema.ts";
import { coverageRows, linkRows, type RecordWrite, recordRow } from "./record-row.ts";

const CHUNK = 500;

const insert = async <
  T extends "record" | "coverage" | "grant_link" | "role" | "account" | "account_role",
>(
  db: Kysely<Database>,
  table: T,
  rows: readonly Record<string, unknown>[],
): Promise<void> => {
  for (let i = 0; i < rows.length; i += CHUNK) {
    await db
      .insertInto(table)
      .values(rows.slice(i, i + CHUNK) as never)
      .execute();
  }
};

const dataOf = <K extends RecordWrite["kind"]>(records: readonly RecordWrite[], kind: K) =>
  records.flatMap((record) => (record.kind === kind ? [record.data as DataOf<K>] : []));

/**
 * Puts records into a store that is empty but for its organisations, with all that follows from
 * them: whom an agreement covers, roles, and the accounts of people who have accepted.
 */
export const insertWorld = async (
  db: Kysely<Database>,
  records: readonly RecordWrite[],
): Promise<void> => {
  await insert(db, "record", records.map(recordRow));
  await insert(db, "coverage", dataOf(records, "agreement").flatMap(coverageRows));
  await insert(db, "grant_link", dataOf(records, "grant").flatMap(linkRows));
  await insert(db, "role", dataOf(records, "role").map(roleRow));
  const people = dataOf(records, "person").flatMap((person) =>
    person.access === undefined || person.access.status === "invited"
      ? []
      : [{ ...person, access: person.access }],
  );
  await insert(db, "account", people.map(accountRow));
  await insert(db, "account_role", people.flatMap(accountRoleRows));
};
