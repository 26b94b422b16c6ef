import { z } from "zod";
import { type Failure, fail } from "../../failure.ts";
import { Id, Instant } from "../common.ts";
import { change, create, type Judging } from "../intent.ts";
import type { Partner } from "../partner/partner.ts";
import type { Grant } from "./grant.ts";

/** The longest time for which a customer can grant access at once, days. */
export const GRANT_DAYS = 5 * 366;

const base = { kind: "grant", permission: "partner-access" } as const;

const Reach = {
  regions: z.array(z.string().trim().min(1).max(120)).max(200),
  sites: z.array(z.string().trim().min(1).max(200)).max(1000),
  deviceIds: z.array(Id).max(5000),
  telemetry: z.boolean(),
  until: Instant,
};

const device = (id: string) => ({ kind: "device" as const, id });

/** What is granted is the customer's own, for a time that lies ahead. */
const fits = (p: { deviceIds: string[]; until: string }, on: Judging): Failure | null => {
  const ahead = Date.parse(p.until) - Date.parse(on.at);
  if (ahead <= 0 || ahead > GRANT_DAYS * 86_400_000) {
    return fail("grant-until-invalid", { days: GRANT_DAYS });
  }
  const own = (id: string) =>
    on.get<{ customerId: string }>("device", id)?.customerId === on.actor.tenantId;
  return p.deviceIds.every(own) ? null : fail("target-unknown", { kind: "device" });
};

const give = create({
  ...base,
  payload: z.strictObject({ partner: Id, ...Reach }),
  needs: (p) => [{ kind: "partner", id: p.partner }, ...p.deviceIds.map(device)],
  guard: (_none, p, on) =>
    on.get<Partner>("partner", p.partner) === undefined
      ? fail("target-unknown", { kind: "partner" })
      : fits(p, on),
  reduce: (_none, { partner, ...reach }, on): Grant => ({
    id: on.targetId,
    customerId: on.actor.tenantId,
    customerName: on.actor.tenantName,
    partnerId: (on.get<Partner>("partner", partner) as Partner).tenantId,
    ...reach,
    status: "active",
  }),
});

const active = (grant: Grant): Failure | null =>
  grant.status === "active"
    ? null
    : fail("wrong-state", { state: grant.status, allowed: "active" });

const changeGrant = change({
  ...base,
  payload: z.strictObject(Reach),
  needs: (p) => p.deviceIds.map(device),
  guard: (grant: Grant, p, on) => active(grant) ?? fits(p, on),
  reduce: (grant, p) => ({ ...grant, ...p }),
});

const withdraw = change({
  ...base,
  payload: z.strictObject({}),
  guard: (grant: Grant) => active(grant),
  reduce: (grant) => ({ ...grant, status: "withdrawn" as const }),
});

/** What a customer lets partners see of its own (PRT-3, FED-11): given, changed, withdrawn. */
export const grantIntents = {
  "grant.give": give,
  "grant.change": changeGrant,
  "grant.withdraw": withdraw,
};
