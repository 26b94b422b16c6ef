import { z } from "zod";

/**
 * Who refused. The first six are the layers of federation, in the order they are asked; the others
 * stand around them.
 */
export const layers = [
  "tenant",
  "entitlement",
  "role",
  "permission",
  "scope",
  "cross-tenant",
  "rule",
  "schema",
  "sync",
  "identity",
  "storage",
] as const;

/** A layer that can refuse, see {@link layers}. */
export type Layer = (typeof layers)[number];

/**
 * Every failure the product knows, with the layer that owns it. What it means and what a person can
 * do about it is written for each code in `resources/locales/<language>/failures.json`.
 */
export const failureLayers = {
  "account-suspended": "tenant",
  "account-unknown": "tenant",
  "actor-forged": "tenant",
  "not-in-subtype": "tenant",
  "app-not-entitled": "entitlement",
  "no-role-in-app": "role",
  "permission-missing": "permission",
  "permission-read-only": "permission",
  "outside-scope": "scope",
  "assign-beyond-scope": "scope",
  "not-covered": "cross-tenant",
  "not-granted": "cross-tenant",
  "own-role": "rule",
  "owner-only": "rule",
  "last-owner": "rule",
  "role-fixed": "rule",
  "role-in-use": "rule",
  "role-name-taken": "rule",
  "role-unfit": "rule",
  "email-in-use": "rule",
  "grant-until-invalid": "rule",
  "target-unknown": "rule",
  "target-exists": "rule",
  "already-in-state": "rule",
  "wrong-state": "rule",
  "not-the-assignee": "rule",
  "assignee-unknown": "rule",
  "checklist-incomplete": "rule",
  "checklist-item-unknown": "rule",
  "visit-needs-assignee": "rule",
  "window-invalid": "rule",
  "ticket-device-mismatch": "rule",
  "intent-malformed": "schema",
  "intent-unknown": "schema",
  "intent-too-large": "schema",
  "request-malformed": "schema",
  "intent-replayed": "sync",
  "intent-out-of-order": "sync",
  "intent-parked": "sync",
  "intent-too-late": "sync",
  "scope-not-yours": "sync",
  "client-outdated": "sync",
  "server-unreachable": "sync",
  "server-failed": "sync",
  "rate-limited": "sync",
  "not-signed-in": "identity",
  "sign-in-cancelled": "identity",
  "sign-in-timeout": "identity",
  "sign-in-failed": "identity",
  "session-ended": "identity",
  "provider-unreachable": "identity",
  "token-rejected": "identity",
  "token-expired": "identity",
  "token-not-bound": "identity",
  "token-wrong-issuer": "identity",
  "token-wrong-audience": "identity",
  "token-key-unknown": "identity",
  "proof-rejected": "identity",
  "issuer-clock": "identity",
  "issuer-unreachable": "identity",
  "issuer-keys-unreachable": "identity",
  "issuer-insecure": "identity",
  "issuer-wrong": "identity",
  "identity-unknown": "identity",
  "identity-bound": "identity",
  "invitation-ended": "identity",
  "step-up-required": "identity",
  "step-up-other-account": "identity",
  "clock-skew": "identity",
  "device-revoked": "identity",
  "core-unreachable": "storage",
  "vault-unavailable": "storage",
  "disk-full": "storage",
  "storage-unwritable": "storage",
  "storage-damaged": "storage",
  "storage-key-wrong": "storage",
  "storage-other-version": "storage",
  "not-found": "storage",
  "changes-waiting": "storage",
  "file-unknown": "rule",
  "file-not-yours": "rule",
  "files-too-many": "rule",
  "file-too-large": "schema",
  "file-type-refused": "schema",
  "file-damaged": "sync",
  "audit-log-not-yours": "tenant",
  "audit-document-unreadable": "schema",
  "audit-head-forged": "sync",
  "audit-history-rewritten": "sync",
  "audit-chain-broken": "sync",
  "audit-opening-false": "sync",
  "audit-proof-broken": "sync",
  "audit-root-wrong": "sync",
  "refused-for-unknown-reason": "sync",
} as const satisfies Record<string, Layer>;

/** The code of a failure: stable, machine-readable, the key of its texts. */
export type FailureCode = keyof typeof failureLayers;

const codes = Object.keys(failureLayers) as [FailureCode, ...FailureCode[]];

/**
 * A refusal or fault as a value: what, which layer, and the figures its texts mention. A code or
 * layer that a newer server knows and this program does not is a refusal all the same (S12).
 */
export const Failure = z.object({
  code: z.enum(codes).catch("refused-for-unknown-reason"),
  layer: z.enum(layers).catch("sync"),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});
export type Failure = z.infer<typeof Failure>;

/** Builds the failure of `code`; `params` fill the placeholders of its texts. */
export const fail = (code: FailureCode, params?: Record<string, string | number>): Failure =>
  params === undefined
    ? { code, layer: failureLayers[code] }
    : { code, layer: failureLayers[code], params };
