import { implement } from "@orpc/server";
import { fail } from "#shared/failure.ts";
import { contract } from "#shared/ipc/contract.ts";
import { err, ok } from "#shared/result.ts";
import type { DeviceView } from "#shared/sync/session.ts";
import { fakeId, hoursFrom } from "./fake-ids.ts";
import { fakeSight } from "./fake-sight.ts";
import type { FakeState } from "./fake-state.ts";

const os = implement(contract);

const devicesAt = (now: number): DeviceView[] =>
  [0, 1, 2].map((n) => ({
    id: fakeId("device", 500 + n),
    name: ["NOK-LAPTOP", "", "front-desk"][n] ?? "",
    appVersion: n === 2 ? "0.0.9" : "0.1.0",
    firstSeen: hoursFrom(now, -24 * (20 + n * 60)),
    lastSeen: hoursFrom(now, -n * 50),
    revokedAt: n === 2 ? hoursFrom(now, -48) : null,
    wipedAt: null,
    here: n === 0,
  }));

const away = err(fail("server-unreachable"));
const isAway = (state: FakeState): boolean => state.sync.phase === "offline";

const revoked = (list: DeviceView[], id: string) => {
  const found = list.find((device) => device.id === id);
  if (found === undefined) return err(fail("not-found"));
  found.revokedAt = new Date().toISOString();
  return ok({});
};

/** One's own devices and sessions, and proving anew who one is. */
export const fakeAccount = (state: FakeState) => {
  const devices = devicesAt(Date.now());
  return {
    stepUp: os.session.stepUp.handler(() => ok({ url: "#proof" })),
    devices: os.session.devices.handler(() => (isAway(state) ? away : ok(devices))),
    revokeDevice: os.session.revokeDevice.handler(({ input }) => revoked(devices, input.id)),
    signOutEverywhere: os.session.signOutEverywhere.handler(() => {
      state.setSession({ state: "signed-out", failure: null });
      return ok({});
    }),
  };
};

/** What the server answers about colleagues. */
export const fakeColleagues = (state: FakeState) => {
  const devices = devicesAt(Date.now()).map((device) => ({ ...device, here: false }));
  return {
    devices: os.people.devices.handler(() => (isAway(state) ? away : ok(devices))),
    revokeDevice: os.people.revokeDevice.handler(({ input }) => revoked(devices, input.id)),
    preview: os.people.preview.handler(({ input }) => fakeSight(state, input)),
  };
};
