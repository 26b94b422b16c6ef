import type { Agreement } from "#shared/domain/agreement/agreement.ts";
import type { Device } from "#shared/domain/device/device.ts";
import type { Grant } from "#shared/domain/grant/grant.ts";
import type { Kind } from "#shared/domain/intent.ts";
import type { DataOf } from "#shared/domain/registry.ts";
import { reading } from "./audit.ts";
import type { World } from "./world.ts";

/** Every record of a kind as the server stores it. */
export const stored = async <K extends Kind>(
  world: Pick<World, "serverFolder">,
  kind: K,
): Promise<DataOf<K>[]> => {
  const rows = await reading(world, (db) =>
    db.selectFrom("record").select("data").where("kind", "=", kind).execute(),
  );
  return rows.map(({ data }) => JSON.parse(data) as DataOf<K>);
};

/** An organisation's id. */
export const tenantId = async (world: World, name: string): Promise<string> => {
  const row = await reading(world, (db) =>
    db.selectFrom("tenant").select("id").where("name", "=", name).executeTakeFirstOrThrow(),
  );
  return row.id;
};

/**
 * The devices a partner has nothing to know of, worked out anew from agreements and grants: not
 * named by a live agreement of its own, or not reached by a live grant of the customer.
 */
export const devicesOutside = async (world: World, partnerId: string): Promise<Device[]> => {
  const now = new Date().toISOString();
  const agreements: Agreement[] = await stored(world, "agreement");
  const grants: Grant[] = await stored(world, "grant");
  const serviced = (device: Device) =>
    agreements.some(
      (a) =>
        a.partnerId === partnerId &&
        a.status === "active" &&
        a.deviceIds.includes(device.id) &&
        a.startsAt <= now &&
        now < a.endsAt,
    );
  const granted = (device: Device) =>
    grants.some(
      (g) =>
        g.partnerId === partnerId &&
        g.customerId === device.customerId &&
        g.status === "active" &&
        now < g.until &&
        (g.regions.length === 0 || g.regions.includes(device.region)) &&
        (g.deviceIds.length === 0 || g.deviceIds.includes(device.id)),
    );
  const devices: Device[] = await stored(world, "device");
  return devices.filter((device) => !(serviced(device) && granted(device)));
};
