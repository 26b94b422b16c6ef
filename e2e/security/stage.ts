import { mkdtempSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openBlobs } from "#server/files/blobs.ts";
import type { Store } from "#server/store/store.ts";
import { writeRecords } from "#server/sync/write-records.ts";
import { serve } from "#server/testing/client.ts";
import { temporaryStore } from "#server/testing/temporary-store.ts";
import { seed } from "#server/testing/world.ts";
import { INSTALLATION } from "#shared/sync/wire.ts";
import { id, NOW } from "#shared/testing/builders.ts";
import { foreignRecords } from "./foreign.ts";

/** One request as an attacker makes it: whatever is said is sent as it is. */
export interface Shot {
  method?: string;
  body?: string | object;
  headers?: Record<string, string>;
  query?: string;
}

/** What came back: the whole of it, since what must not be told may stand anywhere. */
export interface Hit {
  status: number;
  text: string;
  headers: Headers;
}

/**
 * The real server on a loopback port, over a store with the test world and the records of
 * {@link foreignRecords}, which nobody who attacks may learn anything of. Accounts are told by name
 * ("Bearer Nok"): what proves them is attacked in `tokens.test.ts`.
 */
export const openStage = async (open: () => Promise<Kept> = temporaryStore) => {
  const kept = await open();
  const { store } = kept;
  await seed(store);
  await store.db.transaction().execute((tx) => writeRecords(tx, foreignRecords, NOW));
  const clock = { now: NOW };
  const folder = mkdtempSync(join(tmpdir(), "security-"));
  const server = await serve(store, () => clock.now, openBlobs({ store: "local", folder }));
  await server.app.listen({ port: 0, host: "127.0.0.1" });
  const port = (server.app.server.address() as AddressInfo).port;
  const url = `http://127.0.0.1:${port}`;
  return {
    ...{ store, server, clock, port, url, folder },
    shoot: (who: string | null, path: string, shot: Shot = {}) => shoot(url, who, path, shot),
    close: async () => {
      await server.app.close();
      await kept.remove();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

/** See {@link openStage}. */
export type Stage = Awaited<ReturnType<typeof openStage>>;

/** A store that goes away with the stage. */
export interface Kept {
  store: Store;
  remove(): Promise<void>;
}

/** `who` may name a device: "Nok on tablet". Null sends no token at all. */
const shoot = async (url: string, who: string | null, path: string, shot: Shot): Promise<Hit> => {
  const { body, headers = {}, query = "" } = shot;
  const [name, device] = (who ?? "").split(" on ");
  const answer = await fetch(`${url}${path}${query === "" ? "" : `?${query}`}`, {
    method: shot.method ?? (body === undefined ? "GET" : "POST"),
    headers: {
      ...(who === null ? {} : { authorization: `Bearer ${name}` }),
      ...(device === undefined ? {} : { [INSTALLATION]: id(device) }),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const stream = answer.headers.get("content-type") === "text/event-stream";
  if (stream) await answer.body?.cancel();
  return {
    status: answer.status,
    text: stream ? "" : await answer.text(),
    headers: answer.headers,
  };
};

/** The code of a refusal, "" of anything else. */
export const codeOf = ({ text }: Hit): string => {
  try {
    return (JSON.parse(text) as { error?: { code?: string } }).error?.code ?? "";
  } catch {
    return "";
  }
};
