import type { Logger } from "pino";
import type { Subscription } from "rxjs";
import { z } from "zod";
import type { Failure } from "#shared/failure.ts";
import { ok, type Result } from "#shared/result.ts";
import {
  PersonDevicesResponse,
  type PreviewRequest,
  peopleRoutes,
  SightPreview,
} from "#shared/sync/people.ts";
import type { DeviceView } from "#shared/sync/session.ts";
import { LogReader } from "./audit/log-reader.ts";
import { LogWatch, readsLog } from "./audit/log-watch.ts";
import type { Account } from "./session/account.ts";
import { Settings } from "./settings.ts";
import type { ServerClient } from "./sync/server-client.ts";

/** How often the log is looked at while somebody reads it, ms. */
const READ_MS = 5_000;

/** How many times as seldom while nobody does. */
const UNREAD = 60;

const Done = z.object({});
type Done = Result<Record<never, never>, Failure>;

const done = (answer: Result<object, Failure>): Done => (answer.ok ? ok({}) : answer);

/** What the open account asks the server about its session, its organisation's people and its log. */
export class Organisation {
  readonly watch: LogWatch;
  readonly log: LogReader;
  readonly #server: ServerClient;
  readonly #viewers: Subscription;
  readonly #timer: NodeJS.Timeout;

  private constructor(server: ServerClient, account: Account, watch: LogWatch) {
    this.#server = server;
    this.watch = watch;
    this.log = new LogReader(server, watch);
    const look = () => {
      const viewer = account.viewer$.value;
      if (viewer !== null && readsLog(viewer)) void watch.look();
    };
    this.#viewers = account.viewer$.subscribe(look);
    let turn = 0;
    this.#timer = setInterval(() => {
      turn += 1;
      if (watch.state$.observed || turn % UNREAD === 0) look();
    }, READ_MS).unref();
  }

  /** Goes on from what this device saw of the log. */
  static async open(server: ServerClient, account: Account, log: Logger): Promise<Organisation> {
    const settings = new Settings(account.database.settings);
    return new Organisation(server, account, await LogWatch.open(server, settings, log));
  }

  /** One's own devices, the last seen first (ACC-5). */
  async devices(): Promise<Result<DeviceView[], Failure>> {
    const answer = await this.#server.devices();
    return answer.ok ? ok(answer.value.devices) : answer;
  }

  /** Revokes one of one's own devices (`step-up-required`). */
  async revokeDevice(id: string): Promise<Done> {
    return done(await this.#server.revokeDevice(id));
  }

  /** Ends every session of the account (`step-up-required`). */
  async signOutEverywhere(): Promise<Done> {
    return done(await this.#server.signOutEverywhere());
  }

  /** Somebody's devices, for those who run the organisation. */
  async devicesOf(accountId: string): Promise<Result<DeviceView[], Failure>> {
    const answer = await this.#server.ask(peopleRoutes.devices, PersonDevicesResponse, {
      accountId,
    });
    return answer.ok ? ok(answer.value.devices) : answer;
  }

  /** Revokes somebody's device (`step-up-required`). */
  async revokeDeviceOf(accountId: string, id: string): Promise<Done> {
    return done(await this.#server.ask(peopleRoutes.revokeDevice, Done, { accountId, id }));
  }

  /** What somebody sees, or would see (FED-10). */
  preview(wanted: PreviewRequest): Promise<Result<SightPreview, Failure>> {
    return this.#server.ask(peopleRoutes.preview, SightPreview, wanted);
  }

  /** Stops looking. */
  close(): void {
    clearInterval(this.#timer);
    this.#viewers.unsubscribe();
  }
}
