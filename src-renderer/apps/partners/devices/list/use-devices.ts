import { useCallback, useState } from "react";
import type { DeviceRow } from "#shared/ipc/views.ts";
import { useLive } from "../../../../data/use-live.ts";
import type { DeviceAsk } from "../device-search.ts";

const step = 100;

/** The list of devices as far as it has arrived. */
export interface Devices {
  /** Null until the first rows have arrived. */
  total: number | null;
  failed: boolean;
  row: (index: number) => DeviceRow | undefined;
  /** Says which rows are looked at. */
  look: (first: number, last: number) => void;
}

async function* from<T>(pages: AsyncIterable<T>, offset: number) {
  for await (const page of pages) yield { page, offset };
}

/** The devices under a search and filter, live, around the rows that are looked at. */
export const useDevices = (ask: DeviceAsk): Devices => {
  const [start, setStart] = useState(0);
  const live = useLive(
    async (core, signal) =>
      from(await core.devices.watch({ ...ask, offset: start, limit: step * 4 }, { signal }), start),
    [ask, start],
  );
  const look = useCallback((first: number, last: number) => {
    setStart((was) => {
      const held = first >= was && last < was + step * 4;
      return held ? was : Math.max(0, Math.floor(first / step) * step - step);
    });
  }, []);
  if (live.state !== "live") {
    return { total: null, failed: live.state === "failed", row: () => undefined, look };
  }
  const { page, offset } = live.value;
  return { total: page.total, failed: false, row: (index) => page.rows[index - offset], look };
};
