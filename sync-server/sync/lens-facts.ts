import type { Transaction } from "kysely";
import type { DeviceFacts } from "#shared/access/device-facts.ts";
import { scopeOf } from "#shared/access/layers.ts";
import type { Projection, ProjectionFacts } from "#shared/access/project.ts";
import { type Coverage, coverageOf } from "#shared/access/visibility.ts";
import type { Grant } from "#shared/domain/grant/grant.ts";
import type { Database } from "../store/schema.ts";
import type { FeedRecord, Lens } from "./refeed.ts";

/**
 * What one lens's visibility hangs on, read from the store for a batch of records at a time: which
 * devices it covers, what their customers granted, and which of them it already sees.
 */
export class LensFacts {
  readonly #tx: Transaction<Database>;
  readonly #lens: Lens;
  readonly #coverage = new Map<string, Coverage>();
  /** Customer → the devices of it that are seen, each with the end of its coverage. */
  readonly #devicesOf = new Map<string, Map<string, string>>();
  /** Device → the end of its coverage, of those that are seen. */
  readonly #seen = new Map<string, string>();

  constructor(tx: Transaction<Database>, lens: Lens) {
    this.#tx = tx;
    this.#lens = lens;
  }

  /** Reads what the projections of these records ask for. */
  async learn(records: readonly FeedRecord[], at: string): Promise<void> {
    // Coverage is a partner's: everybody else sees what is their own.
    if (this.#lens.viewer.tenant.kind !== "partner") return;
    const devices = records.map((r) => r.deviceId).filter((id) => id && !this.#coverage.has(id));
    if (devices.length > 0) await this.#learnDevices([...new Set(devices)], at);
    const customers = records
      .filter((r) => ["customer", "agreement", "grant"].includes(r.kind))
      .map((r) => r.customerId)
      .filter((id) => !this.#devicesOf.has(id));
    if (customers.length > 0) await this.#learnCustomers([...new Set(customers)]);
  }

  /** A device has just entered or left the lens, or is seen otherwise than before. */
  setSeen(record: FeedRecord, now: Projection): void {
    const ofCustomer = this.#devicesOf.get(record.customerId);
    if (now !== null) {
      this.#seen.set(record.id, now.until ?? "");
      ofCustomer?.set(record.id, now.until ?? "");
    } else {
      this.#seen.delete(record.id);
      ofCustomer?.delete(record.id);
    }
  }

  /** The facts for one record. */
  of(record: FeedRecord): ProjectionFacts {
    return {
      coverage: this.#coverage.get(record.deviceId) ?? null,
      deviceUntil: (id) => this.#seen.get(id) ?? null,
      customerUntil: (id) => this.#customerUntil(id),
    };
  }

  #customerUntil(id: string): string | null {
    const ends = [...(this.#devicesOf.get(id)?.values() ?? [])];
    return ends.length === 0 ? null : ends.reduce((a, b) => (a > b ? a : b));
  }

  async #learnDevices(ids: string[], at: string): Promise<void> {
    const tenant = this.#lens.viewer.tenant.id;
    const devices = await this.#tx
      .selectFrom("record")
      .select(["id", "customer_id", "data"])
      .where("kind", "=", "device")
      .where("id", "in", ids)
      .execute();
    const agreements = await this.#tx
      .selectFrom("coverage")
      .selectAll()
      .where("partner_id", "=", tenant)
      .where("device_id", "in", ids)
      .execute();
    const customers = [...new Set(devices.map((d) => d.customer_id))];
    const grants = await this.#grantsOf(customers, tenant);
    const own = await this.#ownDevices(ids);
    for (const row of devices) {
      const device = JSON.parse(row.data) as DeviceFacts["device"];
      this.#coverage.set(
        row.id,
        coverageOf(
          this.#lens.viewer,
          {
            device,
            agreements: agreements
              .filter((a) => a.device_id === row.id)
              .map((a) => ({
                startsAt: a.starts_at,
                endsAt: a.ends_at,
                status: a.status as "active",
              })),
            grants: grants.filter((g) => g.customerId === row.customer_id),
            ownVisit: own.has(row.id),
          },
          at,
        ),
      );
    }
  }

  async #grantsOf(customers: string[], tenant: string): Promise<Grant[]> {
    if (customers.length === 0) return [];
    const rows = await this.#tx
      .selectFrom("record")
      .select("data")
      .where("kind", "=", "grant")
      .where("customer_id", "in", customers)
      .execute();
    return rows.map((r) => JSON.parse(r.data) as Grant).filter((g) => g.partnerId === tenant);
  }

  async #ownDevices(ids: string[]): Promise<Set<string>> {
    if (!scopeOf(this.#lens.viewer).ownVisits) return new Set();
    const rows = await this.#tx
      .selectFrom("record")
      .select("device_id")
      .distinct()
      .where("assignee_id", "=", this.#lens.viewer.accountId)
      .where("device_id", "in", ids)
      .where("kind", "=", "visit")
      .execute();
    return new Set(rows.map((r) => r.device_id));
  }

  async #learnCustomers(ids: string[]): Promise<void> {
    const rows = await this.#tx
      .selectFrom("feed")
      .select(["record_id", "customer_id", "until"])
      .where("lens_id", "=", this.#lens.id)
      .where("kind", "=", "device")
      .where("customer_id", "in", ids)
      .where("doc", "is not", null)
      .execute();
    for (const id of ids) this.#devicesOf.set(id, new Map());
    for (const row of rows) {
      this.#seen.set(row.record_id, row.until ?? "");
      this.#devicesOf.get(row.customer_id)?.set(row.record_id, row.until ?? "");
    }
  }
}
