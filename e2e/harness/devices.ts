import type { DeviceRow } from "#shared/ipc/views.ts";
import { firstOf } from "./core-client.ts";
import type { Screen } from "./screen.ts";
import { withCore } from "./stage.ts";

/** Every device the core behind a screen holds, by name, once `are` holds of them. */
export const heldDevices = (
  screen: Screen,
  are: (devices: DeviceRow[]) => boolean = () => true,
): Promise<DeviceRow[]> =>
  withCore(screen, async (core) => {
    const ask = { search: "", customers: [], regions: [], offset: 0, limit: 500 };
    const page = await firstOf(
      (signal) => core.devices.watch(ask, { signal }),
      ({ rows }) => are(rows),
    );
    return page.rows;
  });

/** Until the core behind a screen holds exactly these devices: how long it took from `since`, ms. */
export const msUntilHeld = async (
  screen: Screen,
  since: number,
  ids: readonly string[],
): Promise<number> => {
  const wanted = [...ids].sort().join();
  await heldDevices(
    screen,
    (devices) =>
      devices
        .map(({ id }) => id)
        .sort()
        .join() === wanted,
  );
  return Date.now() - since;
};
