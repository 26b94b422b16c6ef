import { eventIterator, oc } from "@orpc/contract";
import { z } from "zod";
import { Receipt } from "../audit/receipt.ts";
import { LogRequest, LogResponse } from "../audit/wire.ts";
import { Id } from "../domain/common.ts";
import { Kind } from "../domain/intent.ts";
import { Failure } from "../failure.ts";
import { PreviewRequest, SightPreview } from "../sync/people.ts";
import { DeviceView } from "../sync/session.ts";
import {
  ActView,
  AuditState,
  DeskItem,
  DeviceRow,
  Facets,
  FileView,
  HostInfo,
  Overview,
  Preferences,
  RecordView,
  SessionState,
  SyncStatus,
  WorkFilter,
  WorkPage,
} from "./views.ts";

const result = <T extends z.ZodType>(value: T) =>
  z.discriminatedUnion("ok", [
    z.object({ ok: z.literal(true), value }),
    z.object({ ok: z.literal(false), error: Failure }),
  ]);

/** A `Blob`, which Node and browsers both have and both transports carry, as far as it is needed. */
interface Bytes {
  readonly size: number;
  readonly type: string;
  arrayBuffer(): Promise<ArrayBuffer>;
}
const Bytes = z.custom<Bytes>(
  (value) => typeof (value as Partial<Bytes> | null)?.arrayBuffer === "function",
);

const nothing = z.object({});
const ask = <T extends z.ZodType>(output: T) => oc.output(result(output));
const live = <T extends z.ZodType>(output: T) => oc.output(eventIterator(output));

/**
 * The one contract between renderer and core. Questions answer with results as values; live queries
 * are streams that yield at once what is, then each change of it, until the reader leaves.
 */
export const contract = {
  host: { info: ask(HostInfo) },
  session: {
    watch: live(SessionState),
    /**
     * Starts a sign-in; the answer's `url` is where a person proves who they are. With the secret of
     * an invitation, or the link that holds it, it is accepted there, and makes the account.
     */
    signIn: oc
      .input(
        z.object({ language: z.enum(["en", "th"]), invitation: z.string().max(2000).optional() }),
      )
      .output(result(z.object({ url: z.string() }))),
    cancelSignIn: ask(nothing),
    /** Ends the session and erases what this device holds; refused while changes wait unless `discard`. */
    signOut: oc.input(z.object({ discard: z.boolean() })).output(result(nothing)),
    /**
     * Has the person prove once more who they are, for what `step-up-required` refused: `url` is
     * where. `provedAt` of the session says when it is done; what failed is in `stepUpFailure`.
     */
    stepUp: oc
      .input(z.object({ language: z.enum(["en", "th"]) }))
      .output(result(z.object({ url: z.string() }))),
    /** One's own devices, the last seen first; asks the server. */
    devices: ask(z.array(DeviceView)),
    /** Revokes one of one's own devices: it erases itself at its next contact. */
    revokeDevice: oc.input(z.object({ id: Id })).output(result(nothing)),
    /** Ends every session of the account, this one too. */
    signOutEverywhere: ask(nothing),
  },
  /** What those who run an organisation ask the server about its people. */
  people: {
    devices: oc.input(z.object({ accountId: Id })).output(result(z.array(DeviceView))),
    revokeDevice: oc.input(z.object({ accountId: Id, id: Id })).output(result(nothing)),
    /** What somebody would see, with what they have or with what is meant to be given to them. */
    preview: oc.input(PreviewRequest).output(result(SightPreview)),
  },
  /** The organisation's audit log (PRT-4); asks the server, and trusts it for nothing it can check. */
  audit: {
    /** The last tree head this device has seen and checked, and the alarm where history was rewritten. */
    watch: live(AuditState),
    page: oc.input(LogRequest).output(result(LogResponse)),
    /** What one did lately on this device and the server has applied, the newest first. */
    acts: live(z.array(ActView)),
    /** The receipt of an act, to be kept as a file: checked before it is handed out. */
    receipt: oc
      .input(z.object({ log: Id.optional(), intentId: Id }))
      .output(result(z.object({ receipt: Receipt }))),
    /** The whole log as a file; every line of it has been checked against the head. */
    export: oc
      .input(z.object({ format: z.enum(["ndjson", "csv"]) }))
      .output(result(z.object({ file: Bytes, name: z.string(), lines: z.int() }))),
    /** Verifies a receipt or an exported log that somebody hands in, with no server. */
    verify: oc
      .input(z.object({ file: Bytes }))
      .output(
        result(z.object({ kind: z.enum(["receipt", "log"]), lines: z.int(), at: z.string() })),
      ),
  },
  sync: {
    watch: live(SyncStatus),
    /** Asks for a round now, instead of at the next retry. */
    now: ask(nothing),
  },
  work: {
    watch: oc
      .input(
        z.object({
          filter: WorkFilter,
          offset: z.int().min(0),
          limit: z.int().min(1).max(500),
        }),
      )
      .output(eventIterator(WorkPage)),
    overview: live(Overview),
    facets: live(Facets),
  },
  devices: {
    watch: oc
      .input(
        z.object({
          search: z.string().max(200),
          customers: z.array(z.string()),
          regions: z.array(z.string()),
          offset: z.int().min(0),
          limit: z.int().min(1).max(500),
        }),
      )
      .output(eventIterator(z.object({ rows: z.array(DeviceRow), total: z.int() }))),
  },
  records: {
    /** One record, null once it is gone. */
    watch: oc
      .input(z.object({ kind: Kind, id: z.string() }))
      .output(eventIterator(RecordView.nullable())),
    /** Every record of a small kind: people, roles, partners, grants, agreements. */
    watchKind: oc.input(z.object({ kind: Kind })).output(eventIterator(z.array(RecordView))),
    /** What belongs to a device, newest first: agreements, grants, history, telemetry. */
    watchOfDevice: oc
      .input(z.object({ deviceId: z.string(), kind: Kind, limit: z.int().min(1).max(1000) }))
      .output(eventIterator(z.array(RecordView))),
  },
  intents: {
    /**
     * Makes a change: judged here at once by the server's own rules, kept durably, sent when there is
     * a way. `targetId` is null for a create. Answers with the target's id.
     */
    make: oc
      .input(
        z.object({
          type: z.string(),
          targetId: z.string().nullable(),
          payload: z.record(z.string(), z.unknown()),
        }),
      )
      .output(result(z.object({ targetId: z.string(), intentId: z.string() }))),
    /** Whether that change would be allowed now, and if not why: "Why can't I?". */
    check: oc
      .input(
        z.object({
          type: z.string(),
          targetId: z.string().nullable(),
          payload: z.record(z.string(), z.unknown()),
        }),
      )
      .output(result(nothing)),
  },
  desk: {
    watch: live(z.array(DeskItem)),
    /** Makes the refused change anew, with a mended payload where one is given. */
    resend: oc
      .input(z.object({ id: z.string(), payload: z.record(z.string(), z.unknown()).nullable() }))
      .output(result(nothing)),
    /** Takes it off the desk for good: a refused one is discarded, an applied one kept as it is. Audited. */
    discard: oc
      .input(z.object({ id: z.string(), reason: z.string().max(500) }))
      .output(result(nothing)),
  },
  files: {
    /** Every attachment that is on this device, and how it stands (S13). */
    watch: live(z.array(FileView)),
    /**
     * Takes a file in and attaches it to a visit: durable here when this answers, sent when there is
     * a way. Refused by the same rules as `visit.attach`, and then nothing of it is kept.
     */
    attach: oc
      .input(
        z.object({
          visitId: z.string(),
          file: Bytes,
          name: z.string(),
          thumb: z.string().nullable(),
          caption: z.string().nullable(),
        }),
      )
      .output(result(z.object({ hash: z.string() }))),
    /** Takes an attachment of one's own away; one that was not sent yet never is. */
    detach: oc.input(z.object({ visitId: z.string(), hash: z.string() })).output(result(nothing)),
    /**
     * The bytes of an attachment, fetched where they are not here yet. `file-unknown` where the
     * server has none to show: it may still be on its way from the device that added it.
     */
    open: oc.input(z.object({ hash: z.string() })).output(result(z.object({ bytes: Bytes }))),
  },
  preferences: {
    watch: live(Preferences),
    save: oc.input(Preferences.partial()).output(result(nothing)),
  },
};

/** The contract's type, for both ends. */
export type Contract = typeof contract;
