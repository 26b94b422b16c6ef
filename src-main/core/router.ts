import { implement } from "@orpc/server";
import { interval, merge, NEVER, type Observable, of, switchMap } from "rxjs";
import { type Failure, fail } from "#shared/failure.ts";
import { contract } from "#shared/ipc/contract.ts";
import { noSync, type SyncStatus } from "#shared/ipc/views.ts";
import { err, ok, type Result } from "#shared/result.ts";
import { unseen } from "./audit/log-watch.ts";
import type { Core } from "./core.ts";
import type { AccountFiles } from "./files/account-files.ts";
import { attach, detach } from "./files/attach.ts";
import type { PreferenceStore } from "./preferences.ts";
import { actsOf } from "./queries/acts.ts";
import { devicePage, facets } from "./queries/devices.ts";
import { liveQuery } from "./queries/live-query.ts";
import { overview } from "./queries/overview.ts";
import { recordsOfDevice, recordsOfKind, recordView } from "./queries/records.ts";
import { workPage } from "./queries/work.ts";
import type { Account } from "./session/account.ts";

const MINUTE = 60_000;
const stopped: SyncStatus = { ...noSync, phase: "stopped" };

/** The contract, answered by a core. Both transports carry this one router. */
export const createRouter = (core: Core, preferences: PreferenceStore) => {
  const os = implement(contract);
  const account = () => core.account$.value;
  const notSignedIn = err(fail("not-signed-in"));

  /** A live query over whichever account is open; nothing is yielded while there is none. */
  async function* ofAccount<T>(
    signal: AbortSignal | undefined,
    run: (account: Account, me: string) => Promise<T>,
    also: (account: Account) => Observable<unknown> = () => NEVER,
  ): AsyncGenerator<T> {
    const changes$ = core.account$.pipe(
      switchMap((open) =>
        open === null
          ? of(null)
          : merge(open.database.records.eventBulks$, open.erased$, open.viewer$, also(open)),
      ),
    );
    const ask = async (): Promise<{ answer: T } | null> => {
      const open = account();
      const me = open?.viewer$.value?.accountId;
      if (open === null || me === undefined) return null;
      try {
        return { answer: await run(open, me) };
      } catch (error) {
        // Closed while it was being asked: whoever comes next is asked instead.
        if (account() !== open) return null;
        throw error;
      }
    };
    for await (const asked of liveQuery(changes$, ask, signal)) {
      if (asked !== null) yield asked.answer;
    }
  }

  /** Asks the open account's files; a failure where there are none, or they could not be opened. */
  const withFiles = async <T>(
    ask: (files: AccountFiles, account: Account) => Promise<Result<T, Failure>>,
  ): Promise<Result<T, Failure>> => {
    const open = account();
    if (open === null) return notSignedIn;
    return core.files === null ? err(fail("storage-unwritable")) : ask(core.files, open);
  };

  return os.router({
    host: { info: os.host.info.handler(() => ok(core.info)) },
    session: {
      watch: os.session.watch.handler(({ signal }) =>
        liveQuery(core.session$, async () => core.session$.value, signal),
      ),
      signIn: os.session.signIn.handler(({ input }) =>
        core.signIn(input.language, input.invitation),
      ),
      cancelSignIn: os.session.cancelSignIn.handler(() => {
        core.cancelSignIn();
        return ok({});
      }),
      signOut: os.session.signOut.handler(({ input }) => core.signOut(input.discard)),
      stepUp: os.session.stepUp.handler(({ input }) => core.stepUp(input.language)),
      devices: os.session.devices.handler(() => core.organisation?.devices() ?? notSignedIn),
      revokeDevice: os.session.revokeDevice.handler(
        ({ input }) => core.organisation?.revokeDevice(input.id) ?? notSignedIn,
      ),
      signOutEverywhere: os.session.signOutEverywhere.handler(
        () => core.organisation?.signOutEverywhere() ?? notSignedIn,
      ),
    },
    people: {
      devices: os.people.devices.handler(
        ({ input }) => core.organisation?.devicesOf(input.accountId) ?? notSignedIn,
      ),
      revokeDevice: os.people.revokeDevice.handler(
        ({ input }) => core.organisation?.revokeDeviceOf(input.accountId, input.id) ?? notSignedIn,
      ),
      preview: os.people.preview.handler(
        ({ input }) => core.organisation?.preview(input) ?? notSignedIn,
      ),
    },
    audit: {
      watch: os.audit.watch.handler(({ signal }) =>
        liveQuery(
          core.account$.pipe(switchMap(() => core.organisation?.watch.state$ ?? of(null))),
          async () => core.organisation?.watch.state$.value ?? unseen,
          signal,
        ),
      ),
      acts: os.audit.acts.handler(({ signal }) =>
        ofAccount(
          signal,
          (open) => actsOf(open.database),
          (open) => open.database.sent.$,
        ),
      ),
      page: os.audit.page.handler(({ input }) => core.organisation?.log.page(input) ?? notSignedIn),
      receipt: os.audit.receipt.handler(
        ({ input }) => core.organisation?.log.receipt(input.intentId, input.log) ?? notSignedIn,
      ),
      export: os.audit.export.handler(
        ({ input }) => core.organisation?.log.export(input.format) ?? notSignedIn,
      ),
      verify: os.audit.verify.handler(
        ({ input }) => core.organisation?.log.verify(input.file) ?? notSignedIn,
      ),
    },
    sync: {
      watch: os.sync.watch.handler(({ signal }) =>
        liveQuery(
          core.account$.pipe(switchMap((open) => open?.status$ ?? of(stopped))),
          async () => account()?.status$.value ?? stopped,
          signal,
        ),
      ),
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
          () => interval(MINUTE),
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
      watchKind: os.records.watchKind.handler(({ input, signal }) =>
        ofAccount(signal, (open) => recordsOfKind(open.database.records, input.kind)),
      ),
      watchOfDevice: os.records.watchOfDevice.handler(({ input, signal }) =>
        ofAccount(signal, (open) => recordsOfDevice(open.database.records, input)),
      ),
    },
    intents: {
      make: os.intents.make.handler(({ input }) => core.make(input)),
      check: os.intents.check.handler(({ input }) => account()?.maker.check(input) ?? notSignedIn),
    },
    desk: {
      watch: os.desk.watch.handler(({ signal }) =>
        ofAccount(
          signal,
          (open) => open.desk.list(),
          (open) => open.desk.changed$,
        ),
      ),
      resend: os.desk.resend.handler(({ input }) => {
        const open = account();
        return open === null ? notSignedIn : open.desk.resend(input.id, input.payload, core);
      }),
      discard: os.desk.discard.handler(async ({ input }) => {
        const open = account();
        if (open === null) return notSignedIn;
        const done = await open.desk.discard(input.id, input.reason, new Date());
        // The log is told at once where there is a way.
        if (done.ok) open.syncNow();
        return done;
      }),
    },
    files: {
      watch: os.files.watch.handler(({ signal }) =>
        liveQuery(
          core.account$.pipe(switchMap(() => core.files?.changed$ ?? of(null))),
          async () => core.files?.views() ?? [],
          signal,
        ),
      ),
      attach: os.files.attach.handler(({ input }) =>
        withFiles((files, { maker }) => attach(files, maker, input)),
      ),
      detach: os.files.detach.handler(({ input }) =>
        withFiles((files, { maker }) => detach(files, maker, input)),
      ),
      open: os.files.open.handler(({ input }) =>
        withFiles(async (files) => {
          const opened = await files.open(input.hash);
          return opened.ok ? ok({ bytes: new Blob([opened.value]) }) : opened;
        }),
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
