import type { Logger } from "pino";
import { BehaviorSubject } from "rxjs";
import { decide } from "#shared/access/decide.ts";
import type { Viewer } from "#shared/access/viewer.ts";
import { type Head, Keys, readHead } from "#shared/audit/head.ts";
import { checkHead } from "#shared/audit/watch.ts";
import { auditRoutes, HeadResponse, ProofResponse } from "#shared/audit/wire.ts";
import type { Failure, FailureCode } from "#shared/failure.ts";
import type { AuditState } from "#shared/ipc/views.ts";
import { err, ok, type Result } from "#shared/result.ts";
import type { Settings } from "../settings.ts";
import type { ServerClient } from "../sync/server-client.ts";

/** What proves that a log is not what it was; any other failure only means that nobody could look. */
const alarming: ReadonlySet<FailureCode> = new Set<FailureCode>([
  "audit-history-rewritten",
  "audit-head-forged",
]);

/** Before anything of a log has been seen. */
export const unseen: AuditState = { head: null, alarm: null, evidence: null };

/** Whether a viewer's roles open their organisation's log to them. */
export const readsLog = (viewer: Viewer): boolean =>
  (["audit-log", "organisation-log"] as const).some((item) => decide(viewer, { item }) === null);

/**
 * Watches the log of one's organisation (PRT-4): keeps the last tree head this device has seen, and
 * takes a next one only where the server proves that the log as it was is the beginning of the log
 * as it is. Otherwise it raises the alarm, which stays, and keeps the earlier head as the evidence.
 * The keys are those of the first head it ever saw.
 */
export class LogWatch {
  readonly state$ = new BehaviorSubject<AuditState>(unseen);
  readonly #server: Pick<ServerClient, "ask">;
  readonly #settings: Settings;
  readonly #log: Logger;
  #looking: Promise<Result<Head, Failure>> | null = null;

  private constructor(server: Pick<ServerClient, "ask">, settings: Settings, log: Logger) {
    this.#server = server;
    this.#settings = settings;
    this.#log = log;
  }

  /** Goes on from what this device saw last. */
  static async open(
    server: Pick<ServerClient, "ask">,
    settings: Settings,
    log: Logger,
  ): Promise<LogWatch> {
    const watch = new LogWatch(server, settings, log);
    const seen = await watch.seen();
    const alarm = await settings.get("audit-alarm");
    watch.state$.next({
      head: seen?.head ?? null,
      alarm: alarm?.failure ?? null,
      evidence: alarm?.evidence ?? null,
    });
    return watch;
  }

  /** The last head that was checked, as it was signed, and the keys; null before the first. */
  async seen(): Promise<{ head: Head; signed: string; keys: Keys } | null> {
    return this.#settings.get("audit-head");
  }

  /** Looks at the log as it is now. One look at a time: who asks meanwhile gets the same answer. */
  look(): Promise<Result<Head, Failure>> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = null;
    });
    return this.#looking;
  }

  async #look(): Promise<Result<Head, Failure>> {
    const known = await this.seen();
    const keys = known === null ? await this.#server.ask(auditRoutes.keys, Keys) : ok(known.keys);
    if (!keys.ok) return keys;
    const answer = await this.#server.ask(auditRoutes.head, HeadResponse);
    if (!answer.ok) return answer;
    const { head: signed } = answer.value;
    const proof = await this.#proofFrom(known?.head ?? null, signed, keys.value);
    if (!proof.ok) return proof;
    const checked = await checkHead(known?.head ?? null, signed, proof.value, keys.value);
    if (!checked.ok) return this.#raise(checked.error, [known?.signed ?? "", signed]);
    await this.#settings.set("audit-head", { head: checked.value, signed, keys: keys.value });
    this.state$.next({ ...this.state$.value, head: checked.value });
    return checked;
  }

  /** What the server shows for it that the log continues; nothing where there is nothing to show. */
  async #proofFrom(
    known: Head | null,
    signed: string,
    keys: Keys,
  ): Promise<Result<readonly string[], Failure>> {
    const next = await readHead(signed, keys);
    if (known === null || !next.ok || next.value.size <= known.size) return ok([]);
    const query = `from=${known.size}&to=${next.value.size}`;
    const proof = await this.#server.ask(`${auditRoutes.consistency}?${query}`, ProofResponse);
    return proof.ok ? ok(proof.value.proof) : proof;
  }

  async #raise(failure: Failure, evidence: string[]): Promise<Result<never, Failure>> {
    if (alarming.has(failure.code)) {
      this.#log.error({ code: failure.code }, "the audit log is not what it was");
      await this.#settings.set("audit-alarm", { failure, evidence });
      this.state$.next({ ...this.state$.value, alarm: failure, evidence });
    }
    return err(failure);
  }
}
