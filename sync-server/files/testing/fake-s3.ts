import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { spanOf } from "../range.ts";

interface Stored {
  body: Buffer;
  metadata: Record<string, string>;
}

interface Multipart extends Pick<Stored, "metadata"> {
  key: string;
  parts: Map<number, Buffer>;
  initiated: string;
}

const XML = '<?xml version="1.0" encoding="UTF-8"?>';
const etagOf = (body: Buffer) => `"${createHash("md5").update(body).digest("hex")}"`;

/**
 * As much of S3 as attachments need, over real HTTP, with what it is given kept in memory: objects,
 * multipart uploads, copies, ranges. It asks for no signature.
 */
export class FakeS3 {
  readonly objects = new Map<string, Stored>();
  readonly multiparts = new Map<string, Multipart>();
  readonly #server = createServer((request, response) => {
    this.#answer(request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });
  #made = 0;

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", "http://s3");
    const key = decodeURIComponent(url.pathname).split("/").slice(2).join("/");
    const upload = url.searchParams.get("uploadId");
    const body = await buffer(request);
    const xml = (text: string) =>
      response.writeHead(200, { "content-type": "application/xml" }).end(`${XML}${text}`);
    const missing = (code: string) =>
      response
        .writeHead(404, { "content-type": "application/xml" })
        .end(`${XML}<Error><Code>${code}</Code></Error>`);
    const parts = upload === null ? undefined : this.multiparts.get(upload);
    const verb = `${request.method}${upload === null ? "" : " part"}`;

    if (request.method === "POST" && url.searchParams.has("uploads")) {
      this.#made += 1;
      const id = `upload-${this.#made}`;
      const initiated = new Date().toISOString();
      this.multiparts.set(id, { key, parts: new Map(), metadata: metadataOf(request), initiated });
      return void xml(
        `<InitiateMultipartUploadResult><Key>${key}</Key><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`,
      );
    }
    if (request.method === "GET" && url.searchParams.has("uploads")) {
      return void xml(
        `<ListMultipartUploadsResult>${uploadList(this.multiparts)}</ListMultipartUploadsResult>`,
      );
    }
    if (request.method === "POST" && url.searchParams.has("delete")) {
      for (const [, each = ""] of body.toString().matchAll(/<Key>(.*?)<\/Key>/g)) {
        this.objects.delete(each);
      }
      return void xml("<DeleteResult></DeleteResult>");
    }
    if (upload !== null && parts === undefined) return void missing("NoSuchUpload");
    switch (verb) {
      case "PUT part":
        parts?.parts.set(Number(url.searchParams.get("partNumber")), body);
        return void response.writeHead(200, { etag: etagOf(body) }).end();
      case "GET part":
        return void xml(`<ListPartsResult>${partList(parts)}</ListPartsResult>`);
      case "DELETE part":
        this.multiparts.delete(upload ?? "");
        return void response.writeHead(204).end();
      case "POST part": {
        const whole = Buffer.concat(inOrder(parts).map(([, part]) => part));
        this.objects.set(key, { body: whole, metadata: parts?.metadata ?? {} });
        this.multiparts.delete(upload ?? "");
        return void xml(
          `<CompleteMultipartUploadResult><Key>${key}</Key></CompleteMultipartUploadResult>`,
        );
      }
      case "PUT":
        return this.#put(request, response, key, body);
      case "DELETE":
        this.objects.delete(key);
        return void response.writeHead(204).end();
      default:
        if (!this.#get(request, response, this.objects.get(key))) missing("NoSuchKey");
    }
  }

  #put(request: IncomingMessage, response: ServerResponse, key: string, body: Buffer): void {
    const source = request.headers["x-amz-copy-source"];
    const from = String(source ?? "")
      .split("/")
      .slice(1)
      .join("/");
    const stored =
      source === undefined ? { body, metadata: metadataOf(request) } : this.objects.get(from);
    if (stored === undefined) return void response.writeHead(404).end();
    this.objects.set(key, stored);
    response
      .writeHead(200, { etag: etagOf(stored.body) })
      .end(source === undefined ? "" : `${XML}<CopyObjectResult></CopyObjectResult>`);
  }

  /** Answers with the object, or a part of it; false where there is none. */
  #get(request: IncomingMessage, response: ServerResponse, found: Stored | undefined): boolean {
    if (found === undefined) return false;
    const span = spanOf(request.headers.range, found.body.length);
    const whole = span === null || span === "unsatisfiable";
    const body = whole ? found.body : found.body.subarray(span.start, span.end + 1);
    response.writeHead(whole ? 200 : 206, {
      "content-length": body.length,
      etag: etagOf(found.body),
      ...Object.fromEntries(
        Object.entries(found.metadata).map(([name, value]) => [`x-amz-meta-${name}`, value]),
      ),
    });
    response.end(request.method === "HEAD" ? undefined : body);
    return true;
  }
}

const inOrder = (upload: Multipart | undefined): [number, Buffer][] =>
  [...(upload?.parts ?? [])].sort(([a], [b]) => a - b);

const partList = (upload: Multipart | undefined): string =>
  inOrder(upload)
    .map(
      ([number, part]) =>
        `<Part><PartNumber>${number}</PartNumber><ETag>${etagOf(part)}</ETag><Size>${part.length}</Size></Part>`,
    )
    .join("");

const uploadList = (uploads: ReadonlyMap<string, Multipart>): string =>
  [...uploads]
    .map(
      ([id, { key, initiated }]) =>
        `<Upload><Key>${key}</Key><UploadId>${id}</UploadId><Initiated>${initiated}</Initiated></Upload>`,
    )
    .join("");

const metadataOf = (request: IncomingMessage): Record<string, string> =>
  Object.fromEntries(
    Object.entries(request.headers)
      .filter(([name]) => name.startsWith("x-amz-meta-"))
      .map(([name, value]) => [name.slice("x-amz-meta-".length), String(value)]),
  );
