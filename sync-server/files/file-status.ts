import type { Failure, FailureCode } from "#shared/failure.ts";

const statuses: Partial<Record<FailureCode, number>> = {
  "token-rejected": 401,
  "request-malformed": 400,
  "file-unknown": 404,
  "file-too-large": 413,
  "file-type-refused": 415,
  // What tus's checksum extension answers where the bytes are not those that were announced.
  "file-damaged": 460,
};

/** The HTTP status of a refusal that concerns a file; 500 where it is the server's own fault. */
export const fileStatusOf = (failure: Failure): number => statuses[failure.code] ?? 500;
