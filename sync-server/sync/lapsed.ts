import type { Transaction } from "kysely";
import type { Grant } from "#shared/domain/grant/grant.ts";
import { appendAudit } from "../audit/log.ts";
import { emit } from "../events/outbox.ts";
import type { Database } from "../store/schema.ts";

/**
 * Tells of the grants that ran out after `since` and not after `at`: the event `partner-link.lapsed`,
 * and a line in the customer's log. Once each, where sweeps follow each other without a gap.
 */
export const tellLapsed = async (
  tx: Transaction<Database>,
  since: string,
  at: string,
): Promise<void> => {
  // Before the first sweep nothing was told, and what had ended by then ended long ago.
  if (since === "") return;
  const rows = await tx
    .selectFrom("grant_link")
    .innerJoin("record", "record.id", "grant_link.grant_id")
    .select("record.data")
    .where("grant_link.until", ">", since)
    .where("grant_link.until", "<=", at)
    .orderBy("grant_link.grant_id")
    .execute();
  for (const { data } of rows) {
    const grant = JSON.parse(data) as Grant;
    await appendAudit(tx, grant.customerId, {
      actor: { accountId: "", name: "RiverSync", tenantId: "", tenantName: "" },
      via: { app: "portal", installation: "", appVersion: "" },
      intent: {
        ...{ id: "", type: "partner-link.lapsed", payload: null },
        target: { kind: "grant", id: grant.id },
      },
      outcome: { applied: true },
      changes: {},
      deviceTime: "",
      serverTime: at,
    });
    await emit(tx, {
      ...{ id: `${grant.id}:lapsed:${grant.until}`, type: "partner-link.lapsed" },
      ...{ subject: grant.id, time: grant.until },
      data: { customerId: grant.customerId, partnerId: grant.partnerId, until: grant.until },
    });
  }
};
