import { createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Page } from "./pages/layout.ts";

const largestForm = 16 * 1024;

/** Reads a posted form; `undefined` where it is no form, or larger than any of ours. */
export const readForm = async (req: IncomingMessage): Promise<URLSearchParams | undefined> => {
  const type = req.headers["content-type"] ?? "";
  if (!type.startsWith("application/x-www-form-urlencoded")) return undefined;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > largestForm) return undefined;
    chunks.push(bytes);
  }
  return new URLSearchParams(Buffer.concat(chunks).toString("utf8"));
};

/** Sends a page. */
export const sendPage = (res: ServerResponse, status: number, page: Page): void => {
  res.writeHead(status, page.headers).end(page.body);
};

/** The token that ties a form to one sign-in, so that no other site can send it. */
export const formToken = (key: string, uid: string): string =>
  createHmac("sha256", key).update(uid).digest("base64url");

/** True where the form was rendered for this sign-in and sent from a page of this origin. */
export const isOwnForm = (
  req: IncomingMessage,
  form: URLSearchParams,
  expected: { token: string; issuer: string },
): boolean => {
  const origin = req.headers.origin;
  // Browsers send "null" after a no-referrer page; the token decides there.
  if (origin !== undefined && origin !== "null" && origin !== new URL(expected.issuer).origin) {
    return false;
  }
  const given = Buffer.from(form.get("form_token") ?? "");
  const wanted = Buffer.from(expected.token);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
};
