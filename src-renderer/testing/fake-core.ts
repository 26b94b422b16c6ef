import { createRouterClient, implement } from "@orpc/server";
import { indexFields } from "#shared/domain/index-fields.ts";
import { fail } from "#shared/failure.ts";
import { contract } from "#shared/ipc/contract.ts";
import { anyWork, type RecordView } from "#shared/ipc/views.ts";
import { err, ok } from "#shared/result.ts";
import type { CoreClient } from "../data/core.ts";
import { fakeAccount, fakeColleagues } from "./fake-account.ts";
import { fakeAudit } from "./fake-audit.ts";
import { fakeFiles } from "./fake-files.ts";
import { fakeChange } from "./fake-intents.ts";
import { type FakeOptions, FakeState } from "./fake-state.ts";
import { fakeDevices, fakeFacets, fakeOverview, fakeQueue } from "./fake-views.ts";
import type { FakeRecord } from "./fake-world.ts";

/** A core in memory, over the real contract, rules and reducers: for tests, and to look at screens. */
export const fakeCore = (options: FakeOptions = {}) => {
  const state = new FakeState(options);
  const files = fakeFiles(state);
  const os = implement(contract);
  const all = () => [...state.records.values()];
  const queue = (filter = anyWork) => fakeQueue(all(), state.pending, filter);
  const view = (record: FakeRecord): RecordView => ({
    id: record.data.id,
    kind: record.kind,
    rev: 1,
    until: new Date(Date.now() + 38 * 86_400_000).toISOString(),
    data: record.data,
    pending: state.pending.get(record.data.id) ?? [],
  });
  const settle = (id: string) => {
    state.desk = state.desk.filter((item) => item.id !== id);
    state.bell.ring();
  };

  const router = os.router({
    host: {
      info: os.host.info.handler(() =>
        ok({
          host: "browser" as const,
          version: "0.1.0",
          serverUrl: "http://127.0.0.1:8787",
          dataFolder: "/home/ploy/.local/share/riversync",
          secretStore: "owner-only-file" as const,
        }),
      ),
    },
    session: {
      watch: os.session.watch.handler(({ signal }) =>
        state.bell.follow(() => state.session, signal),
      ),
      signIn: os.session.signIn.handler(() => {
        state.setSession({ state: "signing-in", url: "http://127.0.0.1/" });
        return ok({ url: "#" });
      }),
      cancelSignIn: os.session.cancelSignIn.handler(() => {
        state.setSession({ state: "signed-out", failure: fail("sign-in-cancelled") });
        return ok({});
      }),
      signOut: os.session.signOut.handler(() => {
        state.setSession({ state: "signed-out", failure: null });
        return ok({});
      }),
      ...fakeAccount(state),
    },
    sync: {
      watch: os.sync.watch.handler(({ signal }) => state.bell.follow(() => state.sync, signal)),
      now: os.sync.now.handler(() => {
        state.pending.clear();
        state.setSync({ waiting: 0, lastSync: new Date().toISOString() });
        return ok({});
      }),
    },
    work: {
      watch: os.work.watch.handler(({ input, signal }) =>
        state.bell.follow(() => {
          const rows = queue(input.filter);
          const page = rows.slice(input.offset, input.offset + input.limit);
          return { rows: page, offset: input.offset, total: rows.length };
        }, signal),
      ),
      overview: os.work.overview.handler(({ signal }) =>
        state.bell.follow(() => fakeOverview(queue(), Date.now()), signal),
      ),
      facets: os.work.facets.handler(({ signal }) =>
        state.bell.follow(() => fakeFacets(all()), signal),
      ),
    },
    devices: {
      watch: os.devices.watch.handler(({ input, signal }) =>
        state.bell.follow(() => {
          const rows = fakeDevices(all(), queue(), input);
          return { rows: rows.slice(input.offset, input.offset + input.limit), total: rows.length };
        }, signal),
      ),
    },
    records: {
      watch: os.records.watch.handler(({ input, signal }) =>
        state.bell.follow(() => {
          const record = state.get(input.kind, input.id);
          return record === undefined ? null : view(record);
        }, signal),
      ),
      watchKind: os.records.watchKind.handler(({ input, signal }) =>
        state.bell.follow(() => state.all(input.kind).map(view), signal),
      ),
      watchOfDevice: os.records.watchOfDevice.handler(({ input, signal }) =>
        state.bell.follow(
          () =>
            all()
              .filter((r) => ofDevice(r, input))
              .map(view),
          signal,
        ),
      ),
    },
    intents: {
      make: os.intents.make.handler(({ input }) => fakeChange(state, input, true)),
      check: os.intents.check.handler(({ input }) => {
        const answer = fakeChange(state, input, false);
        return answer.ok ? ok({}) : answer;
      }),
    },
    desk: {
      watch: os.desk.watch.handler(({ signal }) => state.bell.follow(() => state.desk, signal)),
      resend: os.desk.resend.handler(({ input }) => {
        const item = state.desk.find(({ id }) => id === input.id);
        if (item === undefined) return err(fail("not-found"));
        const { type, target, payload } = item.intent;
        const ask = { type, targetId: target.id, payload: input.payload ?? payload };
        const again = fakeChange(state, ask, true);
        if (!again.ok) return again;
        settle(input.id);
        return ok({});
      }),
      discard: os.desk.discard.handler(({ input: { id, reason } }) => {
        const item = state.desk.find((one) => one.id === id);
        if (item === undefined) return err(fail("not-found"));
        state.decisions.push({ id, kept: item.failure === null, reason });
        settle(id);
        return ok({});
      }),
    },
    files: {
      watch: os.files.watch.handler(({ signal }) => state.bell.follow(files.views, signal)),
      attach: os.files.attach.handler(({ input }) => files.attach(input)),
      detach: os.files.detach.handler(({ input }) => files.detach(input)),
      open: os.files.open.handler(({ input }) => files.open(input)),
    },
    people: fakeColleagues(state),
    audit: fakeAudit(state),
    preferences: {
      watch: os.preferences.watch.handler(({ signal }) =>
        state.bell.follow(() => state.preferences, signal),
      ),
      save: os.preferences.save.handler(({ input }) => {
        const given = Object.entries(input).filter(([, value]) => value !== undefined);
        state.preferences = { ...state.preferences, ...Object.fromEntries(given) };
        state.bell.ring();
        return ok({});
      }),
    },
  });
  const client: CoreClient = createRouterClient(router);
  return { client, router, state };
};

const ofDevice = (
  record: FakeRecord,
  { deviceId, kind }: { deviceId: string; kind: FakeRecord["kind"] },
): boolean => {
  if (record.kind !== kind) return false;
  if (record.kind === "agreement") return record.data.deviceIds.includes(deviceId);
  if (record.kind === "grant") return true;
  return indexFields(record.kind, record.data.id, record.data).deviceId === deviceId;
};
