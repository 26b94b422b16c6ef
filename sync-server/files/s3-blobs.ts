import { Readable } from "node:stream";
import { S3Store } from "@tus/s3-store";
import type { Blobs, FilesOptions } from "./blobs.ts";
import { checkedHash } from "./checked-hash.ts";

/** Files in a bucket: `blob/<hash>`, and by their own names the uploads that are under way. */
export class S3Blobs extends S3Store implements Blobs {
  constructor(options: FilesOptions & { store: "s3" }, unfinishedMs: number) {
    const { endpoint, bucket, region, accessKeyId, secretAccessKey } = options;
    super({
      expirationPeriodInMilliseconds: unfinishedMs,
      // Tags and trailing checksums are not known to every store that speaks S3.
      useTags: false,
      s3ClientConfig: {
        endpoint,
        region,
        bucket,
        credentials: { accessKeyId, secretAccessKey },
        forcePathStyle: true,
        requestChecksumCalculation: "WHEN_REQUIRED",
        responseChecksumValidation: "WHEN_REQUIRED",
      },
    });
  }

  async keep(uploadId: string, hash: string): Promise<void> {
    await this.client.copyObject({
      Bucket: this.bucket,
      Key: keyOf(hash),
      CopySource: `${this.bucket}/${uploadId}`,
    });
    await this.remove(uploadId);
  }

  /** The library's own removal stops where the upload is complete already, and leaves its objects. */
  override async remove(uploadId: string): Promise<void> {
    await super.remove(uploadId).catch(async () => {
      await this.client.deleteObjects({
        Bucket: this.bucket,
        Delete: { Objects: [{ Key: uploadId }, { Key: this.infoKey(uploadId) }] },
      });
      await this.clearCache(uploadId);
    });
  }

  async bytes(hash: string, start: number, end: number): Promise<Readable> {
    const { Body } = await this.client.getObject({
      Bucket: this.bucket,
      Key: keyOf(hash),
      Range: `bytes=${start}-${end}`,
    });
    if (!(Body instanceof Readable)) throw new Error("the store answered without a body");
    return Body;
  }
}

const keyOf = (hash: string): string => `blob/${checkedHash(hash)}`;
