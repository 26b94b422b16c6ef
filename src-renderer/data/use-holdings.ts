import { useMemo } from "react";
import type { Intent } from "#shared/domain/intent.ts";
import { useNow } from "../ui/use-now.ts";
import type { Holdings } from "./holdings.ts";
import { type KindRecord, useKind } from "./use-kind.ts";
import type { Live } from "./use-live.ts";

/** What a customer holds, and the changes of its grants that wait for the server, by grant. */
export interface LiveHoldings extends Holdings {
  pending: ReadonlyMap<string, readonly Intent[]>;
}

const dataOf = <T>(records: readonly { data: T }[]): T[] => records.map(({ data }) => data);

const waiting = (grants: readonly KindRecord<"grant">[]): LiveHoldings["pending"] =>
  new Map(
    grants.flatMap(({ data, pending }) => (pending.length === 0 ? [] : [[data.id, pending]])),
  );

/** A customer's devices, agreements and grants and the directory of partners, live. */
export const useHoldings = (): Live<LiveHoldings> => {
  const devices = useKind("device");
  const agreements = useKind("agreement");
  const grants = useKind("grant");
  const partners = useKind("partner");
  return useMemo((): Live<LiveHoldings> => {
    const all = [devices, agreements, grants, partners];
    if (all.some(({ state }) => state === "failed")) return { state: "failed" };
    if (
      devices.state !== "live" ||
      agreements.state !== "live" ||
      grants.state !== "live" ||
      partners.state !== "live"
    ) {
      return { state: "loading" };
    }
    return {
      state: "live",
      stale: devices.stale || agreements.stale || grants.stale || partners.stale,
      value: {
        devices: dataOf(devices.value),
        agreements: dataOf(agreements.value),
        grants: dataOf(grants.value),
        partners: dataOf(partners.value).sort((a, b) => a.name.localeCompare(b.name)),
        pending: waiting(grants.value),
      },
    };
  }, [devices, agreements, grants, partners]);
};

/** The device's time as an instant, to the minute: what leases are judged by on a screen. */
export const useMinute = (): string => {
  const minute = Math.floor(useNow() / 60_000);
  return useMemo(() => new Date(minute * 60_000).toISOString(), [minute]);
};
