import type { Transaction } from "kysely";
import type { Viewer } from "#shared/access/viewer.ts";
import type { Database } from "../store/schema.ts";
import { runsBesideOthers } from "../store/transact.ts";
import type { Lens, Subject } from "./refeed.ts";

/** A record that has been written, as far as that says whom it concerns. */
export interface Changed extends Subject {
  customerId: string;
  tenantId: string;
}

/** The records of these customers. */
export const ofCustomers = async (tx: Transaction<Database>, ids: string[]): Promise<Subject[]> => {
  if (ids.length === 0) return [];
  return tx
    .selectFrom("record")
    .select(["id", "kind"])
    .$castTo<Subject>()
    .where("customer_id", "in", ids)
    .orderBy("id")
    .execute();
};

/** The records of these devices, and the papers and customers that are seen through them. */
export const aroundDevices = async (
  tx: Transaction<Database>,
  ids: string[],
): Promise<Subject[]> => {
  if (ids.length === 0) return [];
  return tx
    .selectFrom("record")
    .select(["id", "kind"])
    .$castTo<Subject>()
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
    .orderBy("id")
    .execute();
};

/**
 * Every lens that has been told of one of the changed records or of anything of these customers, or
 * whose tenant covers them now. Locked, in order of id, against deadlock and so that nobody decides
 * by what another transaction is just changing.
 */
export const lensesOf = async (
  tx: Transaction<Database>,
  changed: readonly Changed[],
  recoveredCustomers: string[],
): Promise<Lens[]> => {
  const ids = changed.map((r) => r.id);
  const customers = [
    ...new Set([...changed.map((r) => r.customerId), ...recoveredCustomers].filter(Boolean)),
  ];
  // An organisation's own, and a customer's: its id is that of its organisation.
  const tenants = [...new Set([...changed.map((r) => r.tenantId), ...customers].filter(Boolean))];
  const listed = changed.some((r) => r.kind === "partner");
  const rows = await tx
    .selectFrom("lens")
    .select(["id", "viewer"])
    .where("last_used", "is not", null)
    .where((w) =>
      w.or([
        ...(tenants.length > 0 ? [w("tenant_id", "in", tenants)] : []),
        // The directory of partners is every customer's.
        ...(listed
          ? [
              w(
                "tenant_id",
                "in",
                tx.selectFrom("tenant").select("tenant.id").where("kind", "=", "customer"),
              ),
            ]
          : []),
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
    .$if(runsBesideOthers(tx), (q) => q.forUpdate())
    .execute();
  return rows.map((row) => ({ id: row.id, viewer: JSON.parse(row.viewer) as Viewer }));
};
