import { intentDef } from "#shared/domain/registry.ts";
import type { DeskItem } from "#shared/ipc/views.ts";

/**
 * Where the record of a change is looked at: the piece of work itself, or the device that something
 * refused would have been made for. Null where there is neither.
 */
export const placeOf = (
  item: DeskItem | undefined,
): { to: string; search: Record<string, unknown> } | null => {
  if (item === undefined) return null;
  const { type, target, payload } = item.intent;
  if (intentDef(type)?.creates !== true) {
    return { to: "/partners/workload", search: { item: `${target.kind}:${target.id}` } };
  }
  const { deviceId } = payload;
  return typeof deviceId === "string" ? { to: `/partners/devices/${deviceId}`, search: {} } : null;
};
