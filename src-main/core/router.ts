import { implement } from "@orpc/server";
import { interval, merge, type Observable } from "rxjs";
import { fail } from "#shared/failure.ts";
import { contract } from "#shared/ipc/contract.ts";
import type { SyncStatus } from "#shared/ipc/views.ts";
import { err, ok } from "#shared/result.ts";
import type { Core } from "./core.ts";
import type { PreferenceStore } from "./preferences.ts";
import { devicePage, facets } from "./queries/devices.ts";
import { liveQuery } from "./queries/live-query.ts";
import { overview } from "./queries/overview.ts";
import { recordsOfDevice, recordView } from "./queries/records.ts";
import { workPage } from "./queries/work.ts";
import type { Account } from "./session/account.ts";

const MINUTE = 60_000;
const stopped: SyncStatus = {
  phase: "stopped",
  waiting: 0,
  attention: 0,
  received: 0,
  lastSync: null,
  skew: null,
  failure: null,
};

/** The contract, answered by a core. Both transports carry this one router. */
export const createRouter = (core: Core, preferences: PreferenceStore) => {
  const os = implement(contract);
  const account = () => core.account$.value;
  const notSignedIn = err(fail("not-signed-in"));

  /** A live query over the open account; nothing is yielded while nobody is signed in. */
  async function* ofAccount<T>(
    signal: AbortSignal | undefined,
    run: (account: Account, me: string) => Promise<T>,
    also: Observable<unknown>[] = [],
  ): AsyncGenerator<T> {
    const open = account();
    const me = open?.viewer$.value?.accountId;
    if (open === null || me === undefined) return;
    yield* liveQuery(merge(open.database.records.$, ...also), () => run(open, me), signal);
  }

  return os.router({
    host: { info: os.host.info.handler(() => ok(core.info)) },
    session: {
      watch: os.session.watch.handler(({ signal }) =>
        liveQuery(core.session$, async () => core.session$.value, signal),
      ),
      signIn: os.session.signIn.handler(({ input }) => core.signIn(input.language)),
      cancelSignIn: os.session.cancelSignIn.handler(() => {
        core.cancelSignIn();
        return ok({});
      }),
      signOut: os.session.signOut.handler(({ input }) => core.signOut(input.discard)),
    },
    sync: {
      watch: os.sync.watch.handler(({ signal }) => {
        const open = account();
        return liveQuery(
          open === null ? core.account$ : merge(open.status$, core.account$),
          async () => account()?.status$.value ?? stopped,
          signal,
        );
      }),
      now: os.sync.now.handler(() => {
        account()?.syncNow();
        return ok({});
      }),
    },
    work: {
      watch: os.work.watch.handler(({ input, signal }) =>
        ofAccount(signal, (open, me) => workPage(open.database.records, me, input)),
      ),
      overview: os.work.overview.handler(({ signal }) =>
        ofAccount(
          signal,
          (open, me) => overview(open.database.records, me, Date.now()),
          // Work falls due without anything being written.
          [interval(MINUTE)],
        ),
      ),
      facets: os.work.facets.handler(({ signal }) =>
        ofAccount(signal, (open) => facets(open.database.records)),
      ),
    },
    devices: {
      watch: os.devices.watch.handler(({ input, signal }) =>
        ofAccount(signal, (open) => devicePage(open.database.records, input)),
      ),
    },
    records: {
      watch: os.records.watch.handler(({ input, signal }) =>
        ofAccount(signal, (open) => recordView(open.database.records, input.kind, input.id)),
      ),
      watchOfDevice: os.records.watchOfDevice.handler(({ input, signal }) =>
        ofAccount(signal, (open) => recordsOfDevice(open.database.records, input)),
      ),
    },
    intents: {
      make: os.intents.make.handler(({ input }) => account()?.maker.make(input) ?? notSignedIn),
      check: os.intents.check.handler(({ input }) => account()?.maker.check(input) ?? notSignedIn),
    },
    desk: {
      watch: os.desk.watch.handler(({ signal }) =>
        ofAccount(signal, (open) => open.desk.list(), deskChanges(account())),
      ),
      resend: os.desk.resend.handler(({ input }) => {
        const open = account();
        return open === null ? notSignedIn : open.desk.resend(input.id, input.payload, open.maker);
      }),
      discard: os.desk.discard.handler(
        ({ input }) => account()?.desk.discard(input.id) ?? notSignedIn,
      ),
    },
    preferences: {
      watch: os.preferences.watch.handler(({ signal }) =>
        liveQuery(preferences.value$, async () => preferences.value$.value, signal),
      ),
      save: os.preferences.save.handler(({ input }) => preferences.save(input)),
    },
  });
};

/** The router's type, for the hosts that carry it. */
export type CoreRouter = ReturnType<typeof createRouter>;

const deskChanges = (open: Account | null): Observable<unknown>[] =>
  open === null ? [] : [open.desk.changed$];
