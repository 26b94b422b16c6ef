import { z } from "zod";
import { HostInfo, Preferences } from "#shared/ipc/views.ts";

/** What the core is started with. */
export const CoreSettings = z.object({
  dataFolder: z.string().min(1),
  serverUrl: z.url(),
  issuer: z.url(),
  clientId: z.string().min(1),
  version: z.string(),
  secretStore: HostInfo.shape.secretStore,
});
export type CoreSettings = z.infer<typeof CoreSettings>;

/** What only the main process can do: use the system's keystore, and open the browser. */
export const Ask = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("encrypt"), text: z.string() }),
  z.object({ kind: z.literal("decrypt"), sealed: z.base64() }),
  z.object({ kind: z.literal("open-url"), url: z.string() }),
]);
export type Ask = z.infer<typeof Ask>;

/** How an {@link Ask} went; a secret is never part of an error. */
export const Answer = z.discriminatedUnion("ok", [
  z.object({ ok: z.literal(true), value: z.string() }),
  z.object({ ok: z.literal(false), error: z.string() }),
]);
export type Answer = z.infer<typeof Answer>;

/** What the main process tells the core. "port" brings a port that leads to a page. */
export const ToCore = z.discriminatedUnion("type", [
  z.object({ type: z.literal("start"), settings: CoreSettings }),
  z.object({ type: z.literal("port") }),
  z.object({ type: z.literal("sync-now") }),
  z.object({ type: z.literal("stop") }),
  z.object({ type: z.literal("answer"), id: z.int(), answer: Answer }),
]);
export type ToCore = z.infer<typeof ToCore>;

/** What the core tells the main process. */
export const FromCore = z.discriminatedUnion("type", [
  z.object({ type: z.literal("ask"), id: z.int(), ask: Ask }),
  z.object({ type: z.literal("language"), language: Preferences.shape.language }),
]);
export type FromCore = z.infer<typeof FromCore>;
