import type { Kind } from "#shared/domain/intent.ts";
import { intentDef } from "#shared/domain/registry.ts";
import type { DeskItem } from "#shared/ipc/views.ts";

/** Where those who run an organisation look at what is no piece of work. */
const pages: Partial<Record<Kind, string>> = {
  person: "/account/users",
  role: "/account/roles",
  grant: "/account/partner-access",
};

/**
 * Where the record of a change is looked at: the piece of work itself, the page of what is none, or
 * the device that something refused would have been made for. Null where there is neither.
 */
export const placeOf = (
  item: DeskItem | undefined,
): { to: string; search: Record<string, unknown> } | null => {
  if (item === undefined) return null;
  const { type, target, payload } = item.intent;
  const page = pages[target.kind];
  if (page !== undefined) return { to: page, search: {} };
  if (intentDef(type)?.creates !== true) {
    return { to: "/partners/workload", search: { item: `${target.kind}:${target.id}` } };
  }
  const { deviceId } = payload;
  return typeof deviceId === "string" ? { to: `/partners/devices/${deviceId}`, search: {} } : null;
};
