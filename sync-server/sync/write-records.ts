import type { Transaction } from "kysely";
import type { Viewer } from "#shared/access/viewer.ts";
import type { Agreement } from "#shared/domain/agreement/agreement.ts";
import type { Kind } from "#shared/domain/intent.ts";
import type { Database } from "../store/schema.ts";
import type { Heads } from "../store/store.ts";
import { type FeedRecord, feedRecord, refeed } from "./refeed.ts";

/** A record to be written, whole. */
export interface RecordWrite {
  kind: Kind;
  id: string;
  data: unknown;
}

/** The columns a record is found by, from its data. */
export const recordRow = ({ kind, id, data }: RecordWrite) => {
  const d = data as Record<string, string | null | undefined>;
  const customerId = kind === "customer" ? id : (d.customerId ?? "");
  return {
    id,
    kind,
    version: 1,
    tenant_id: kind === "person" ? (d.tenantId ?? "") : customerId,
    customer_id: customerId,
    device_id: kind === "device" ? id : (d.deviceId ?? ""),
    assignee_id: d.assigneeId ?? "",
    data: JSON.stringify(data),
  };
};

/** The rows that say which devices an agreement covers, for whom, and when. */
export const coverageRows = (agreement: Agreement) =>
  agreement.deviceIds.map((device_id) => ({
    device_id,
    partner_id: agreement.partnerId,
    agreement_id: agreement.id,
    status: agreement.status,
    starts_at: agreement.startsAt,
    ends_at: agreement.endsAt,
  }));

/**
 * Writes records and, in the same transaction, every feed row that follows from them: their own, and
 * those of whatever an agreement, a grant or an assignment brings into a lens or takes out (S3, S7).
 * Returns which feeds grew.
 */
export const writeRecords = async (
  tx: Transaction<Database>,
  writes: readonly RecordWrite[],
  at: string,
): Promise<Heads> => {
  const changed: FeedRecord[] = [];
  const assignees = new Set<string>();
  const movedDevices = new Set<string>();
  const recoveredCustomers = new Set<string>();
  for (const write of writes) {
    const row = recordRow(write);
    const before = await tx
      .selectFrom("record")
      .select(["assignee_id", "version"])
      .where("id", "=", row.id)
      .executeTakeFirst();
    await tx
      .insertInto("record")
      .values({ ...row, version: (before?.version ?? 0) + 1 })
      .onConflict((c) =>
        c.column("id").doUpdateSet((s) => ({
          version: s.ref("excluded.version"),
          assignee_id: s.ref("excluded.assignee_id"),
          data: s.ref("excluded.data"),
        })),
      )
      .execute();
    changed.push({ ...feedRecord(row), data: write.data });
    if (write.kind === "agreement") await writeCoverage(tx, write.data as Agreement);
    if (write.kind === "agreement" || write.kind === "grant") {
      recoveredCustomers.add(row.customer_id);
    }
    if (write.kind === "visit" && before?.assignee_id !== row.assignee_id) {
      movedDevices.add(row.device_id);
      assignees.add(row.assignee_id).add(before?.assignee_id ?? "");
    }
  }
  return ripple(tx, { changed, assignees, movedDevices, recoveredCustomers }, at);
};

const writeCoverage = async (tx: Transaction<Database>, agreement: Agreement): Promise<void> => {
  await tx.deleteFrom("coverage").where("agreement_id", "=", agreement.id).execute();
  const rows = coverageRows(agreement);
  if (rows.length > 0) await tx.insertInto("coverage").values(rows).execute();
};

interface Ripple {
  changed: FeedRecord[];
  assignees: Set<string>;
  movedDevices: Set<string>;
  recoveredCustomers: Set<string>;
}

const ripple = async (
  tx: Transaction<Database>,
  { changed, assignees, movedDevices, recoveredCustomers }: Ripple,
  at: string,
): Promise<Heads> => {
  const recovered = await ofCustomers(tx, [...recoveredCustomers]);
  const moved = await aroundDevices(tx, [...movedDevices]);
  const heads: Heads = {};
  for (const lens of await lensesOf(tx, changed, [...recoveredCustomers])) {
    const own = lens.accountId !== null && assignees.has(lens.accountId);
    const records = new Map(
      [...recovered, ...(own ? moved : []), ...changed].map((r) => [r.id, r]),
    );
    const head = await refeed(tx, lens, [...records.values()], at);
    if (head !== null) heads[lens.id] = head;
  }
  return heads;
};

/** Decides anew, for every lens concerned, what it sees of these customers' records. */
export const refeedCustomers = async (
  tx: Transaction<Database>,
  customers: string[],
  at: string,
): Promise<Heads> =>
  ripple(
    tx,
    {
      changed: [],
      assignees: new Set(),
      movedDevices: new Set(),
      recoveredCustomers: new Set(customers),
    },
    at,
  );

const ofCustomers = async (tx: Transaction<Database>, ids: string[]): Promise<FeedRecord[]> => {
  if (ids.length === 0) return [];
  const rows = await tx.selectFrom("record").selectAll().where("customer_id", "in", ids).execute();
  return rows.map(feedRecord);
};

const aroundDevices = async (tx: Transaction<Database>, ids: string[]): Promise<FeedRecord[]> => {
  if (ids.length === 0) return [];
  const rows = await tx
    .selectFrom("record")
    .selectAll()
    .where((w) =>
      w.or([
        w("device_id", "in", ids),
        w.and([
          w("kind", "in", ["customer", "agreement", "grant"]),
          w(
            "customer_id",
            "in",
            tx.selectFrom("record").select("customer_id").where("id", "in", ids),
          ),
        ]),
      ]),
    )
    .execute();
  return rows.map(feedRecord);
};

/**
 * Every lens that has been told of one of the changed records or of anything of these customers, or
 * whose tenant covers them now. In order of id, against deadlock.
 */
const lensesOf = async (
  tx: Transaction<Database>,
  changed: readonly FeedRecord[],
  recoveredCustomers: string[],
) => {
  const ids = changed.map((r) => r.id);
  const customers = [
    ...new Set([...changed.map((r) => r.customerId), ...recoveredCustomers].filter(Boolean)),
  ];
  const tenants = changed
    .filter((r) => r.kind === "person")
    .map((r) => (r.data as { tenantId: string }).tenantId);
  const rows = await tx
    .selectFrom("lens")
    .select(["id", "account_id", "viewer"])
    .where((w) =>
      w.or([
        ...(tenants.length > 0 ? [w("tenant_id", "in", tenants)] : []),
        ...(customers.length > 0
          ? [
              w(
                "tenant_id",
                "in",
                tx
                  .selectFrom("coverage")
                  .innerJoin("record", "record.id", "coverage.device_id")
                  .select("coverage.partner_id")
                  .where("record.customer_id", "in", customers)
                  .where("record.kind", "=", "device"),
              ),
            ]
          : []),
        ...(ids.length > 0
          ? [w("id", "in", tx.selectFrom("feed").select("lens_id").where("record_id", "in", ids))]
          : []),
        ...(recoveredCustomers.length > 0
          ? [
              w(
                "id",
                "in",
                tx
                  .selectFrom("feed")
                  .select("lens_id")
                  .where("customer_id", "in", recoveredCustomers),
              ),
            ]
          : []),
      ]),
    )
    .orderBy("id")
    .execute();
  return rows.map((row) => ({
    id: row.id,
    accountId: row.account_id,
    viewer: JSON.parse(row.viewer) as Viewer,
  }));
};
