import { auditRoutes } from "#shared/audit/wire.ts";
import { blobRoute } from "#shared/sync/files.ts";
import { peopleRoutes } from "#shared/sync/people.ts";
import { PROTOCOL } from "#shared/sync/protocol.ts";
import { revokeRoute, sessionRoutes } from "#shared/sync/session.ts";
import { routes } from "#shared/sync/wire.ts";
import { id, intent, NOW } from "#shared/testing/builders.ts";

/** A route that only somebody in particular may ask, with a request it would take of the right one. */
export interface Route {
  method: "GET" | "POST" | "HEAD" | "PATCH";
  path: string;
  query?: string;
  body?: Record<string, unknown>;
  headers?: Record<string, string>;
  /** What has been suspended, or works on a revoked device, is heard here all the same (S9). */
  hearsTheGone?: true;
}

const tus = { "tus-resumable": "1.0.0" };
const said = (text: string) => Buffer.from(text).toString("base64");
const hash = "0".repeat(64);

/** Every route that asks who calls. A new one belongs here: see `tokens.test.ts`. */
export const guarded: readonly Route[] = [
  { method: "GET", path: routes.me },
  {
    ...{ method: "POST", path: routes.pull },
    body: { protocol: PROTOCOL, after: null, limit: 10 },
  },
  {
    ...{ method: "POST", path: routes.push, hearsTheGone: true },
    body: {
      ...{ protocol: PROTOCOL, installation: id("installation"), appVersion: "test" },
      intents: [intent("Nok", "ticket.note", id("pump-ticket"), { text: "x" })],
    },
  },
  { method: "GET", path: routes.live },
  {
    ...{ method: "POST", path: routes.revocations },
    body: { protocol: PROTOCOL, after: null, limit: 10 },
  },
  {
    ...{ method: "POST", path: routes.digest },
    body: { protocol: PROTOCOL, kinds: ["ticket"], after: null, limit: 10 },
  },
  {
    ...{ method: "POST", path: routes.fetch },
    body: { protocol: PROTOCOL, ids: [id("pump-ticket")] },
  },
  {
    ...{ method: "POST", path: routes.desk, hearsTheGone: true },
    body: {
      protocol: PROTOCOL,
      decisions: [
        {
          ...{ intentId: intent("Nok", "ticket.note", id("pump-ticket")).id },
          ...{ decision: "kept", reason: "", at: NOW },
        },
      ],
    },
  },
  { method: "POST", path: routes.wiped, body: {}, hearsTheGone: true },
  { method: "GET", path: sessionRoutes.devices },
  { method: "POST", path: revokeRoute(id("nobody's")), body: {} },
  { method: "POST", path: sessionRoutes.signOutEverywhere, body: {} },
  { method: "POST", path: peopleRoutes.devices, body: { accountId: id("Nok") } },
  {
    ...{ method: "POST", path: peopleRoutes.revokeDevice },
    body: { accountId: id("Nok"), id: id("nobody's") },
  },
  { method: "POST", path: peopleRoutes.preview, body: { accountId: null } },
  { method: "GET", path: auditRoutes.log },
  { method: "GET", path: auditRoutes.head },
  { method: "GET", path: auditRoutes.consistency, query: "from=0&to=0" },
  { method: "GET", path: auditRoutes.inclusion, query: "seq=1&size=1" },
  { method: "POST", path: auditRoutes.receipts, body: { intentIds: [id("nothing")] } },
  { method: "GET", path: auditRoutes.export },
  { method: "GET", path: blobRoute(hash) },
  { method: "HEAD", path: blobRoute(hash), hearsTheGone: true },
  {
    ...{ method: "POST", path: routes.files, hearsTheGone: true },
    headers: {
      ...{ ...tus, "upload-length": "1" },
      "upload-metadata": `hash ${said(hash)},type ${said("image/png")}`,
    },
  },
  {
    ...{ method: "HEAD", path: `${routes.files}/${"0".repeat(32)}`, headers: tus },
    hearsTheGone: true,
  },
  {
    ...{ method: "PATCH", path: `${routes.files}/${"0".repeat(32)}`, hearsTheGone: true },
    headers: {
      ...{ ...tus, "upload-offset": "0", "content-type": "application/offset+octet-stream" },
    },
  },
];

/** What anybody may ask, who has not signed in: nothing of anybody is told there. */
export const open = [
  routes.health,
  sessionRoutes.discovery,
  auditRoutes.keys,
  "/invitation",
] as const;

/** Asks with an identity that is no account yet, see `invitations.test.ts`. */
export const accepting = sessionRoutes.accept;
