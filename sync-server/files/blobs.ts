import type { Readable } from "node:stream";
import type { DataStore } from "@tus/server";
import { LocalBlobs } from "./local-blobs.ts";
import { S3Blobs } from "./s3-blobs.ts";

/**
 * Where files lie, and tus's own store of the uploads under way. A file is found by its hash alone;
 * one that is kept twice lies there once.
 */
export interface Blobs extends DataStore {
  /** The bytes of an upload that is complete. */
  read(uploadId: string): Readable | Promise<Readable>;
  /** Makes a complete upload, whose hash was verified, the file of that hash: all of it or nothing. */
  keep(uploadId: string, hash: string): Promise<void>;
  /** The bytes `start` to `end`, both included, of a file that is kept. */
  bytes(hash: string, start: number, end: number): Promise<Readable>;
}

/** Where the server keeps files: a folder of its own, or a bucket of any store that speaks S3. */
export type FilesOptions =
  | { store: "local"; folder: string }
  | {
      store: "s3";
      endpoint: string;
      bucket: string;
      region: string;
      accessKeyId: string;
      secretAccessKey: string;
    };

/** An upload that nobody finished is forgotten after so long, ms. */
const UNFINISHED_MS = 7 * 24 * 3_600_000;

/** The store that the options name. */
export const openBlobs = (options: FilesOptions, unfinishedMs = UNFINISHED_MS): Blobs =>
  options.store === "local"
    ? new LocalBlobs(options.folder, unfinishedMs)
    : new S3Blobs(options, unfinishedMs);
