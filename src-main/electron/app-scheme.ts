import { readFile, realpath } from "node:fs/promises";
import { extname } from "node:path";
import type { CustomScheme } from "electron";
import { APP_SCHEME } from "./app-origin.ts";
import { assetPath, isInside } from "./asset-path.ts";
import { CONTENT_POLICY } from "./content-policy.ts";

/** What the scheme is to Chromium: an origin of its own, secure, under the content policy. */
export const appScheme: CustomScheme = {
  scheme: APP_SCHEME,
  privileges: {
    standard: true,
    secure: true,
    supportFetchAPI: true,
    codeCache: true,
    bypassCSP: false,
    allowServiceWorkers: false,
    // Module scripts and fonts ask in CORS mode; no answer allows another origin to read it.
    corsEnabled: true,
  },
};

const types: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".webp": "image/webp",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".woff": "font/woff",
};

const headers = {
  "content-security-policy": CONTENT_POLICY,
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "cache-control": "no-cache",
};

const refuse = (status: 404 | 405): Response => new Response(null, { status, headers });

/** Answers requests under the scheme with files of `folder`, and with nothing beside it. */
export const serveFolder =
  (folder: string) =>
  async (request: Pick<Request, "method" | "url">): Promise<Response> => {
    if (request.method !== "GET" && request.method !== "HEAD") return refuse(405);
    const file = assetPath(folder, request.url);
    if (file === null) return refuse(404);
    try {
      // A link in the folder could still lead out of it.
      if (!isInside(await realpath(folder), await realpath(file))) return refuse(404);
      const body = request.method === "HEAD" ? null : new Uint8Array(await readFile(file));
      const type = types[extname(file).toLowerCase()] ?? "application/octet-stream";
      return new Response(body, { headers: { ...headers, "content-type": type } });
    } catch {
      return refuse(404);
    }
  };
