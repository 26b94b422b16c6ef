import { createHash } from "node:crypto";
import { blobRoute } from "#shared/sync/files.ts";
import { routes } from "#shared/sync/wire.ts";

/** The name of some bytes. */
export const hashOf = (bytes: Uint8Array): string =>
  createHash("sha256").update(bytes).digest("hex");

const base64 = (text: string) => Buffer.from(text).toString("base64");

/** How an upload differs from an honest one. */
interface Untrue {
  hash?: string;
  type?: string;
  size?: number;
}

/** Speaks tus and asks for files at `url`, step by step, as anyone could. Tokens are "Bearer NAME". */
export const uploader = (url: string) => {
  const as = (who: string, more: Record<string, string> = {}) => ({
    authorization: `Bearer ${who}`,
    "tus-resumable": "1.0.0",
    ...more,
  });
  const steps = {
    create: (who: string, bytes: Uint8Array, untrue: Untrue = {}) =>
      fetch(`${url}${routes.files}`, {
        method: "POST",
        headers: as(who, {
          "upload-length": String(untrue.size ?? bytes.length),
          "upload-metadata": `hash ${base64(untrue.hash ?? hashOf(bytes))},type ${base64(untrue.type ?? "image/jpeg")}`,
        }),
      }),
    send: (who: string, location: string, bytes: Uint8Array, offset = 0) =>
      fetch(new URL(location, url), {
        method: "PATCH",
        headers: as(who, {
          "upload-offset": String(offset),
          "content-type": "application/offset+octet-stream",
        }),
        body: Buffer.from(bytes),
      }),
    stand: (who: string, location: string) =>
      fetch(new URL(location, url), { method: "HEAD", headers: as(who) }),
    read: (who: string, hash: string, headers: Record<string, string> = {}) =>
      fetch(`${url}${blobRoute(hash)}`, { headers: as(who, headers) }),
    has: async (who: string, hash: string) =>
      (await fetch(`${url}${blobRoute(hash)}`, { method: "HEAD", headers: as(who) })).status ===
      200,
    /** The whole of it; the status of the last answer. */
    upload: async (who: string, bytes: Uint8Array, untrue: Untrue = {}) => {
      const created = await steps.create(who, bytes, untrue);
      const location = created.headers.get("location");
      return location === null ? created : steps.send(who, location, bytes);
    },
  };
  return steps;
};
