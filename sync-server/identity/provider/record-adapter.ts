/// <reference path="./oidc-provider.d.ts" />
import { createHash } from "node:crypto";
import { type Adapter, type AdapterPayload, errors } from "oidc-provider";
import { z } from "zod";
import type { IdentityDatabase } from "./database.ts";

/** Whoever reads the file must not be able to use what they find, so these keep a digest as id. */
const bearer = new Set(["RefreshToken", "AuthorizationCode", "AccessToken"]);

/**
 * How long a spent refresh token may be presented again, as long as its successor was never used:
 * the answer that carried the successor was lost on the way, or the client died before keeping it.
 */
const lostAnswerSeconds = 120;

const Row = z.object({
  payload: z.string(),
  grant_id: z.string().nullable(),
  rotation: z.number().nullable(),
  consumed_at: z.number().nullable(),
  superseded: z.number(),
});
type Row = z.infer<typeof Row>;

/** Keeps one kind of provider record in the identity database; expired ones are never found. */
export class RecordAdapter implements Adapter {
  readonly #db: IdentityDatabase;
  readonly #model: string;
  readonly #nowSeconds: () => number;

  constructor(db: IdentityDatabase, model: string, nowSeconds: () => number) {
    this.#db = db;
    this.#model = model;
    this.#nowSeconds = nowSeconds;
  }

  async upsert(id: string, payload: AdapterPayload, expiresIn: number): Promise<void> {
    const { jti: _, ...rest } = payload;
    this.#db
      .prepare(
        `INSERT INTO oidc_records (model, id, payload, uid, grant_id, rotation, expires_at)
         VALUES (?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (model, id) DO UPDATE SET payload = excluded.payload, uid = excluded.uid,
           grant_id = excluded.grant_id, rotation = excluded.rotation,
           expires_at = excluded.expires_at`,
      )
      .run(
        this.#model,
        this.#key(id),
        JSON.stringify(bearer.has(this.#model) ? rest : payload),
        this.#model === "Session" ? (payload.uid ?? null) : null,
        payload.grantId ?? null,
        payload.rotations ?? null,
        this.#nowSeconds() + expiresIn,
      );
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    const row = this.#row("id = ?", this.#key(id));
    if (row === undefined) return undefined;
    const payload: AdapterPayload = { ...JSON.parse(row.payload), jti: id };
    if (row.consumed_at === null || this.#forgiveLostAnswer(id, row)) return payload;
    return { ...payload, consumed: row.consumed_at };
  }

  async findByUid(uid: string): Promise<AdapterPayload | undefined> {
    const row = this.#row("uid = ?", uid);
    return row === undefined ? undefined : JSON.parse(row.payload);
  }

  /** Device codes are not offered. */
  async findByUserCode(): Promise<undefined> {
    return undefined;
  }

  /** Spends a token once: of two requests that present it at the same time, one is refused. */
  async consume(id: string): Promise<void> {
    const { changes } = this.#db
      .prepare(
        "UPDATE oidc_records SET consumed_at = ? WHERE model = ? AND id = ? AND consumed_at IS NULL",
      )
      .run(this.#nowSeconds(), this.#model, this.#key(id));
    if (changes === 0) throw new errors.InvalidGrant("token already used");
  }

  async destroy(id: string): Promise<void> {
    this.#db
      .prepare("DELETE FROM oidc_records WHERE model = ? AND id = ?")
      .run(this.#model, this.#key(id));
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    this.#db
      .prepare("DELETE FROM oidc_records WHERE grant_id = ? AND model = ?")
      .run(grantId, this.#model);
  }

  #key(id: string): string {
    return bearer.has(this.#model) ? createHash("sha256").update(id).digest("base64url") : id;
  }

  #row(condition: "id = ?" | "uid = ?", value: string): Row | undefined {
    const found = this.#db
      .prepare(`SELECT * FROM oidc_records WHERE model = ? AND ${condition} AND expires_at > ?`)
      .get(this.#model, value, this.#nowSeconds());
    return found === undefined ? undefined : Row.parse(found);
  }

  /**
   * Lets a spent refresh token be spent again where its answer was lost. The successor it was
   * answered with is marked as spent instead: should it turn up after all, two parties hold this
   * session, and it ends for both.
   */
  #forgiveLostAnswer(id: string, row: Row): boolean {
    if (this.#model !== "RefreshToken" || row.superseded === 1 || row.consumed_at === null) {
      return false;
    }
    const now = this.#nowSeconds();
    if (now - row.consumed_at > lostAnswerSeconds) return false;
    const later = "model = 'RefreshToken' AND grant_id = ? AND rotation > ?";
    const used = this.#db
      .prepare(
        `SELECT 1 FROM oidc_records WHERE ${later} AND consumed_at IS NOT NULL AND superseded = 0`,
      )
      .get(row.grant_id, row.rotation);
    if (used !== undefined) return false;
    this.#db
      .prepare(`UPDATE oidc_records SET consumed_at = ?, superseded = 1 WHERE ${later}`)
      .run(now, row.grant_id, row.rotation);
    this.#db
      .prepare("UPDATE oidc_records SET consumed_at = NULL WHERE model = ? AND id = ?")
      .run(this.#model, this.#key(id));
    return true;
  }
}

/** Removes what has expired, and says how many rows that were. */
export const removeExpiredRecords = (db: IdentityDatabase, nowSeconds: number): number =>
  db.prepare("DELETE FROM oidc_records WHERE expires_at <= ?").run(nowSeconds).changes;

/** Ends all that an account is signed in with: its grants with their tokens, and its sessions. */
export const removeRecordsOf = (db: IdentityDatabase, accountId: string): void => {
  db.prepare("DELETE FROM oidc_records WHERE payload ->> 'accountId' = ?").run(accountId);
};
