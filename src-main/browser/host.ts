import { createServer, type ServerResponse } from "node:http";
import { RPCHandler } from "@orpc/server/ws";
import sirv from "sirv";
import { WebSocketServer } from "ws";
import type { CoreRouter } from "#core/router.ts";
import { MAX_FILE_BYTES } from "#shared/domain/visit/attachment.ts";
import { err, ok, type Result } from "#shared/result.ts";
import { Gate, type Passage } from "./gate.ts";

/** How to serve the renderer and the core to a browser on this machine. */
export interface HostOptions {
  port: number;
  dataFolder: string;
  rendererFolder: string;
  router: CoreRouter;
}

/** A running host; `url` carries the key that lets a browser in. */
export interface BrowserHost {
  url: string;
  close(): Promise<void>;
}

/** The largest attachment, and what is said with it. */
const MAX_MESSAGE = MAX_FILE_BYTES + 1024 * 1024;

const headers = {
  "content-security-policy":
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
};

/** Serves the renderer over HTTP and the core over a WebSocket, on the loopback interface only. */
export const startBrowserHost = async (
  options: HostOptions,
): Promise<Result<BrowserHost, string>> => {
  const gate = new Gate(options.dataFolder, options.port);
  const files = sirv(options.rendererFolder, { etag: true, single: false });
  const handler = new RPCHandler(options.router);
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE });

  const server = createServer((request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    const passage = gate.check(request);
    if (!passage.pass) return turnAway(response, passage);
    files(request, response, () => void response.writeHead(404).end());
  });
  server.on("upgrade", (request, socket, head) => {
    if (request.url !== "/core" || request.headers.origin === undefined) return socket.destroy();
    if (!gate.check(request).pass) return socket.destroy();
    sockets.handleUpgrade(request, socket, head, (accepted) => {
      void handler.upgrade(accepted, { context: {} });
    });
  });
  try {
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(options.port, "127.0.0.1", resolve);
    });
  } catch (cause) {
    const inUse = (cause as { code?: string }).code === "EADDRINUSE";
    return err(
      inUse
        ? `Port ${options.port} is in use: stop what runs there, or choose another with --port.`
        : `Port ${options.port} cannot be listened on: ${String(cause)}`,
    );
  }
  return ok({
    url: `http://127.0.0.1:${options.port}/?key=${gate.key}`,
    close: async () => {
      for (const client of sockets.clients) client.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
};

const turnAway = (response: ServerResponse, passage: Passage & { pass: false }): void => {
  if (passage.reason === "key-in-address") {
    // The key leaves the address bar and history at once.
    response.writeHead(303, { location: "/", "set-cookie": passage.cookie }).end();
    return;
  }
  response
    .writeHead(403, { "content-type": "text/plain; charset=utf-8" })
    .end("Open RiverSync with the address that was printed where it was started.\n");
};
