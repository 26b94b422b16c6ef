import type { Transaction } from "kysely";
import { homeOf, scopeOf } from "#shared/access/layers.ts";
import { project } from "#shared/access/project.ts";
import { everywhere } from "#shared/access/scope.ts";
import type { Viewer } from "#shared/access/viewer.ts";
import { readsKind } from "#shared/access/visibility.ts";
import type { Device } from "#shared/domain/device/device.ts";
import type { Kind } from "#shared/domain/intent.ts";
import type { SightPreview } from "#shared/sync/people.ts";
import type { Database } from "../store/schema.ts";
import { LensFacts } from "../sync/lens-facts.ts";

const CHUNK = 400;
const NAMED = 200;

interface Seen {
  id: string;
  device: Device;
  telemetry: boolean;
}

/** The devices a viewer sees, decided as its feed would be. */
const devicesSeen = async (
  tx: Transaction<Database>,
  viewer: Viewer,
  at: string,
): Promise<Seen[]> => {
  const tenant = viewer.tenant.id;
  const covered = tx.selectFrom("coverage").select("device_id").where("partner_id", "=", tenant);
  const rows = await tx
    .selectFrom("record")
    .select(["id", "customer_id", "device_id", "data"])
    .where("kind", "=", "device")
    .where((w) => w.or([w("id", "in", covered), w("customer_id", "=", tenant)]))
    .orderBy("id")
    .execute();
  const records = rows.map((row) => ({
    ...{ id: row.id, kind: "device" as const, data: JSON.parse(row.data) as Device },
    ...{ customerId: row.customer_id, deviceId: row.device_id },
  }));
  const facts = new LensFacts(tx, { id: "", viewer });
  const seen: Seen[] = [];
  for (let i = 0; i < records.length; i += CHUNK) {
    const chunk = records.slice(i, i + CHUNK);
    await facts.learn(chunk, at);
    for (const record of chunk) {
      const known = facts.of(record);
      if (project(viewer, record, known, at) === null) continue;
      const telemetry = known.coverage?.covered === true && known.coverage.telemetryUntil !== null;
      seen.push({ id: record.id, device: record.data, telemetry });
    }
  }
  return seen;
};

/** How many records of a kind hang on these devices. */
const countOn = async (
  tx: Transaction<Database>,
  viewer: Viewer,
  kind: Kind,
  devices: readonly string[],
): Promise<number> => {
  let count = 0;
  for (let i = 0; i < devices.length; i += CHUNK) {
    const row = await tx
      .selectFrom("record")
      .select((s) => s.fn.countAll<number>().as("count"))
      .where("device_id", "in", devices.slice(i, i + CHUNK))
      .where("kind", "=", kind)
      // A visit is its partner's, and of those narrowed to their own its assignee's.
      .$if(kind === "visit", (q) => q.where("data", "like", `%"partnerId":"${viewer.tenant.id}"%`))
      .$if(kind === "visit" && scopeOf(viewer).ownVisits, (q) =>
        q.where("assignee_id", "=", viewer.accountId),
      )
      .executeTakeFirstOrThrow();
    count += Number(row.count);
  }
  return count;
};

/** The viewer as if nothing narrowed it. */
const unnarrowed = (viewer: Viewer): Viewer => {
  const home = homeOf(viewer);
  const role = viewer.roles[home];
  return role === undefined
    ? viewer
    : { ...viewer, roles: { ...viewer.roles, [home]: { ...role, scope: everywhere } } };
};

/**
 * What a viewer sees, or would see, at the instant `at`: by the rules that fill its feed, and without
 * filling one (FED-10).
 */
export const previewOf = async (
  tx: Transaction<Database>,
  viewer: Viewer,
  at: string,
): Promise<SightPreview> => {
  const seen = await devicesSeen(tx, viewer, at);
  const ids = seen.map(({ id }) => id);
  const counts: SightPreview["counts"] = { device: ids.length };
  if (viewer.tenant.kind === "partner") {
    for (const kind of ["ticket", "alarm", "visit"] as const) {
      if (readsKind(viewer, kind)) counts[kind] = await countOn(tx, viewer, kind, ids);
    }
    const told = seen.filter(({ telemetry }) => telemetry).map(({ id }) => id);
    if (readsKind(viewer, "telemetry")) {
      counts.telemetry = await countOn(tx, viewer, "telemetry", told);
    }
  }
  return {
    counts,
    devices: seen.slice(0, NAMED).map(({ id, device: { name, siteName, customerName } }) => ({
      ...{ id, name, siteName, customerName },
    })),
    ofDevices: (await devicesSeen(tx, unnarrowed(viewer), at)).length,
  };
};
