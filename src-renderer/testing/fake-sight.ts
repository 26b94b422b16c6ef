import { homeOf } from "#shared/access/layers.ts";
import { everywhere, inScope, narrowed } from "#shared/access/scope.ts";
import { levelsHeld } from "#shared/domain/role/role.ts";
import { type Failure, fail } from "#shared/failure.ts";
import { err, ok, type Result } from "#shared/result.ts";
import type { PreviewRequest, SightPreview } from "#shared/sync/people.ts";
import type { FakeState } from "./fake-state.ts";
import { ME } from "./fake-viewer.ts";

/** What somebody of the fake world would see, by scope alone; nobody answers while it is offline. */
export const fakeSight = (
  state: FakeState,
  asked: PreviewRequest,
): Result<SightPreview, Failure> => {
  const { viewer } = state;
  if (viewer === null || state.sync.phase === "offline") return err(fail("server-unreachable"));
  const person = state.get("person", asked.accountId ?? "");
  const access = person?.kind === "person" ? person.data.access : undefined;
  const roleId = (asked.roles ?? access?.roles)?.[homeOf(viewer)] ?? "";
  const role = state.get("role", roleId);
  const devices = state.all("device").flatMap((one) => (one.kind === "device" ? [one.data] : []));
  if (role?.kind !== "role") return ok({ counts: {}, devices: [], ofDevices: devices.length });
  const override = asked.scope === undefined ? (access?.scope ?? null) : asked.scope;
  const scope = narrowed(role.data.scope ?? everywhere, override);
  const own = new Set(
    state
      .all("visit")
      .flatMap((one) =>
        one.kind === "visit" && one.data.assigneeId === (asked.accountId ?? ME)
          ? [one.data.deviceId]
          : [],
      ),
  );
  const seen = devices.filter((device) => inScope(scope, device, own.has(device.id)));
  const ids = new Set(seen.map(({ id }) => id));
  const works = levelsHeld(role.data, viewer.tenant).workload !== "hidden";
  const on = (kind: "ticket" | "alarm" | "visit") =>
    works ? state.all(kind).filter(({ data }) => "deviceId" in data && ids.has(data.deviceId)) : [];
  return ok({
    counts: {
      device: seen.length,
      customer: new Set(seen.map(({ customerId }) => customerId)).size,
      ticket: on("ticket").length,
      alarm: on("alarm").length,
      visit: on("visit").length,
    },
    devices: seen
      .slice(0, 20)
      .map(({ id, name, siteName, customerName }) => ({ id, name, siteName, customerName })),
    ofDevices: devices.length,
  });
};
