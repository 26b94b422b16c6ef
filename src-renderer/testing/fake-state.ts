import { roleTemplates } from "#shared/access/menu.ts";
import { subtypes } from "#shared/access/nav.ts";
import type { Viewer } from "#shared/access/viewer.ts";
import type { Intent, Kind } from "#shared/domain/intent.ts";
import { type Failure, fail } from "#shared/failure.ts";
import type { DeskItem, Preferences, SessionState, SyncStatus } from "#shared/ipc/views.ts";
import { Bell } from "./bell.ts";
import { fakeDesk } from "./fake-desk.ts";
import { fakeOutsider, fakeViewer } from "./fake-viewer.ts";
import { type FakeRecord, fakeWorld } from "./fake-world.ts";

/** How a fake core starts; in the address: `?fake&subtype=distributor&phase=offline`. */
export interface FakeOptions {
  subtype?: string;
  template?: string;
  /** "out", "signing-in", "ended"; signed in otherwise. */
  session?: string;
  /** "customer" or "riversync"; a partner otherwise. */
  tenant?: string;
  /** "0" for an account without a role in any app. */
  role?: string;
  /** "1" where a dangerous act asks for a proof of who it is first. */
  stepup?: string;
  /** "rewritten" where the log no longer continues what was seen of it. */
  audit?: string;
  phase?: string;
  waiting?: string;
  received?: string;
  skew?: string;
  repaired?: string;
  erased?: string;
  files?: string;
  rescued?: string;
  lost?: string;
  /** "0" for an empty desk. */
  desk?: string;
  /** "0" for an empty world. */
  world?: string;
  theme?: string;
  language?: string;
}

const oneOf = <T extends string>(list: readonly T[], value: string | undefined, otherwise: T): T =>
  list.find((one) => one === value) ?? otherwise;

const viewerOf = (options: FakeOptions): Viewer => {
  const template = oneOf(roleTemplates, options.template, "coordinator");
  const kind = oneOf(["partner", "customer", "riversync"] as const, options.tenant, "partner");
  const viewer =
    kind === "partner"
      ? fakeViewer(oneOf(subtypes, options.subtype, "reseller"), template)
      : fakeOutsider(kind, template);
  return { ...viewer, ...(options.role === "0" ? { roles: {} } : {}) };
};

/** The session of somebody who signed in when the fake core began. */
export const signedIn = (
  viewer: Viewer,
  change: Partial<Extract<SessionState, { state: "signed-in" }>> = {},
): SessionState => ({
  ...{ state: "signed-in", viewer, ended: false, stepUpFailure: null },
  provedAt: new Date().toISOString(),
  ...change,
});

const sessionOf = (options: FakeOptions): SessionState => {
  if (options.session === "out") return { state: "signed-out", failure: null };
  if (options.session === "signing-in") return { state: "signing-in", url: "http://127.0.0.1/" };
  return signedIn(viewerOf(options), { ended: options.session === "ended" });
};

/** Everything a fake core knows, and the bell it rings when any of it changes. */
export class FakeState {
  bell = new Bell();
  records = new Map<string, FakeRecord>();
  pending = new Map<string, Intent[]>();
  desk: DeskItem[];
  /** What was decided on the desk: kept, or discarded and why. */
  decisions: { id: string; kept: boolean; reason: string }[] = [];
  session: SessionState;
  auditAlarm: Failure | null;
  preferences: Preferences;
  private proofIsOld: boolean;
  private status: Omit<SyncStatus, "attention">;

  constructor(options: FakeOptions = {}, now: number = Date.now()) {
    const world = options.world === "0" ? [] : fakeWorld(now, viewerOf(options));
    for (const record of world) this.records.set(`${record.kind}:${record.data.id}`, record);
    this.desk = options.desk === "0" ? [] : fakeDesk(now, world);
    this.session = sessionOf(options);
    const seen = { size: 212, at: new Date(now - 3 * 86_400_000).toISOString() };
    this.auditAlarm = options.audit === "rewritten" ? fail("audit-history-rewritten", seen) : null;
    this.proofIsOld = options.stepup === "1";
    this.preferences = {
      language: options.language === "th" ? "th" : "en",
      theme: oneOf(["light", "dark", "auto"] as const, options.theme, "auto"),
      savedViews: [],
    };
    const phases = [
      "starting",
      "first-sync",
      "syncing",
      "up-to-date",
      "offline",
      "stopped",
    ] as const;
    this.status = {
      phase: oneOf(phases, options.phase, "up-to-date"),
      waiting: Number(options.waiting ?? 0),
      received: Number(options.received ?? 0),
      progress: null,
      lastSync: new Date(now - 40_000).toISOString(),
      skew: Number(options.skew ?? 0),
      failure: null,
      repaired: Number(options.repaired ?? 0),
      erased: Number(options.erased ?? 0),
      files: Number(options.files ?? 0),
      rescued:
        options.rescued === undefined
          ? null
          : { intents: Number(options.rescued), lost: options.lost === "1" },
    };
  }

  /** The sync status; changes that wait in `pending` are counted in. */
  get sync(): SyncStatus {
    const made = [...this.pending.values()].reduce((sum, intents) => sum + intents.length, 0);
    const { waiting } = this.status;
    return { ...this.status, waiting: waiting + made, attention: this.desk.length };
  }

  /** Changes the sync status and says so. */
  setSync(change: Partial<Omit<SyncStatus, "attention">>): void {
    this.status = { ...this.status, ...change };
    this.bell.ring();
  }

  /** Changes the session and says so. */
  setSession(session: SessionState): void {
    this.session = session;
    this.bell.ring();
  }

  /** The record of a kind and id. */
  get(kind: Kind, id: string): FakeRecord | undefined {
    return this.records.get(`${kind}:${id}`);
  }

  /** Every record of a kind. */
  all(kind: Kind): FakeRecord[] {
    return [...this.records.values()].filter((record) => record.kind === kind);
  }

  /** Whether a dangerous act waits for a proof of who acts (ID-3). */
  asksProof(): boolean {
    return this.proofIsOld;
  }

  /** The person has proved who they are. */
  proved(): void {
    this.proofIsOld = false;
    if (this.viewer !== null) this.setSession(signedIn(this.viewer));
  }

  /** Who is signed in, or null. */
  get viewer(): Viewer | null {
    return this.session.state === "signed-in" ? this.session.viewer : null;
  }
}
