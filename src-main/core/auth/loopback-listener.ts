import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { err, ok, type Result } from "#shared/result.ts";

/** What to answer the browser with: a redirect, or a page. */
export type CallbackAnswer =
  | { redirectTo: string }
  | { status: number; headers: Record<string, string>; body: string };

/** A listener waiting for the browser; closing it twice is fine. */
export interface LoopbackListener {
  redirectUri: string;
  close(): void;
}

const always = {
  "cache-control": "no-store",
  // The address holds the code of the sign-in, although a spent one.
  "referrer-policy": "no-referrer",
  connection: "close",
};

const send = (res: ServerResponse, answer: CallbackAnswer): void => {
  if ("redirectTo" in answer) res.writeHead(302, { ...always, location: answer.redirectTo }).end();
  else res.writeHead(answer.status, { ...always, ...answer.headers }).end(answer.body);
};

/**
 * Listens on a free loopback port for the one redirect that ends a sign-in (RFC 8252, section
 * 7.3). `onCallback` is called at most once; everything else is answered with 404.
 */
export const listenForCallback = (
  onCallback: (url: URL) => Promise<CallbackAnswer>,
): Promise<Result<LoopbackListener, { detail: string }>> =>
  new Promise((resolve) => {
    let used = false;
    let host = "";
    const server = createServer((req, res) => {
      const url = req.url ?? "";
      const ours = url.split("?")[0] === "/callback" && req.method === "GET";
      // The name of another host would mean that a web page reached this port by DNS tricks.
      if (!ours || used || req.headers.host !== host) {
        res.writeHead(404, always).end();
        return;
      }
      used = true;
      void onCallback(new URL(`http://${host}${url}`)).then((answer) => send(res, answer));
    });
    server.once("error", (cause) => resolve(err({ detail: cause.name })));
    server.listen(0, "127.0.0.1", () => {
      host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
      resolve(
        ok({
          redirectUri: `http://${host}/callback`,
          close: () => {
            server.close();
            server.closeIdleConnections();
          },
        }),
      );
    });
  });
