import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { pages } from "./bare/pull.ts";
import { answer } from "./lib/answer.ts";

/** As much of CouchDB as PouchDB needs to pull a database: documents in memory, answers as text. */
interface Doc {
  id: string;
  rev: string;
  /** The document as JSON, with its revisions. */
  text: string;
}

const docs: Doc[] = [];
const byId = new Map<string, Doc>();
const locals = new Map<string, object>();

const bodyOf = async (request: IncomingMessage): Promise<unknown> => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return JSON.parse(Buffer.concat(parts).toString() || "null");
};

const send = (response: ServerResponse, status: number, body: string): void => {
  response.writeHead(status, { "content-type": "application/json" }).end(body);
};

const changes = (query: URLSearchParams): string => {
  const since = Number(query.get("since") ?? 0);
  const limit = Number(query.get("limit") ?? docs.length);
  const rows = docs
    .slice(since, since + limit)
    .map((doc, i) => `{"seq":${since + i + 1},"id":"${doc.id}","changes":[{"rev":"${doc.rev}"}]}`);
  return `{"results":[${rows.join(",")}],"last_seq":${since + rows.length},"pending":0}`;
};

const bulkGet = (asked: { docs: { id: string }[] }): string => {
  const results = asked.docs.map(
    ({ id }) => `{"id":"${id}","docs":[{"ok":${byId.get(id)?.text ?? "null"}}]}`,
  );
  return `{"results":[${results.join(",")}]}`;
};

const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const url = new URL(request.url ?? "/", "http://localhost");
  const [, , what = "", name = ""] = url.pathname.split("/");
  if (what === "") {
    const body = { db_name: "db", doc_count: docs.length, update_seq: docs.length };
    return send(response, 200, JSON.stringify({ ...body, instance_start_time: "0" }));
  }
  if (what === "_changes") return send(response, 200, changes(url.searchParams));
  if (what === "_bulk_get") {
    return send(response, 200, bulkGet((await bodyOf(request)) as { docs: { id: string }[] }));
  }
  if (what !== "_local") return send(response, 404, `{"error":"not_found"}`);
  if (request.method === "PUT") {
    locals.set(name, { ...((await bodyOf(request)) as object), _rev: "0-1" });
    return send(response, 201, `{"ok":true,"id":"_local/${name}","rev":"0-1"}`);
  }
  const local = locals.get(name);
  return send(response, local ? 200 : 404, JSON.stringify(local ?? { error: "not_found" }));
};

const server = createServer((request, response) => {
  void respond(request, response).catch(() => send(response, 500, `{"error":"failed"}`));
});

const handlers = {
  /** Takes all records of a feed over from the sync server, and listens. */
  start: async ({ url, who }: { url: string; who: string }) => {
    for await (const page of pages(url, who, 5000)) {
      for (const { id, kind, until, data } of page) {
        const body = JSON.stringify({ kind, until, data });
        const hash = createHash("md5").update(body).digest("hex");
        const revisions = `"_revisions":{"start":1,"ids":["${hash}"]}`;
        const head = `{"_id":"${id}","_rev":"1-${hash}",${revisions},`;
        const doc = { id, rev: `1-${hash}`, text: head + body.slice(1) };
        docs.push(doc);
        byId.set(id, doc);
      }
    }
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/db` };
  },
};

export type CouchHandlers = typeof handlers;

answer(handlers, () => {
  server.closeAllConnections();
});
