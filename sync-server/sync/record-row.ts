import type { Agreement } from "#shared/domain/agreement/agreement.ts";
import type { Grant } from "#shared/domain/grant/grant.ts";
import type { Kind } from "#shared/domain/intent.ts";

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
    tenant_id: d.tenantId ?? customerId,
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

/** The row that says when a grant runs out; none where it has been withdrawn. */
export const linkRows = ({ id, customerId, until, status }: Grant) =>
  status === "active" ? [{ grant_id: id, customer_id: customerId, until }] : [];
