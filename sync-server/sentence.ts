import type { Failure } from "#shared/failure.ts";

/** A failure at start, as one sentence for the person at the terminal. */
export const sentenceOf = (failure: Failure | string): string => {
  if (typeof failure === "string") return failure;
  const file = String(failure.params?.file ?? "");
  switch (failure.code) {
    case "storage-damaged":
      return `The database ${file} is damaged: move it away to start afresh, or put a backup in its place.`;
    case "storage-unwritable":
      return `${file} cannot be written: check that the folder exists and is yours, or choose another with --data.`;
    case "disk-full":
      return `The disk that holds ${file} is full: make room and start again.`;
    default:
      return `It could not start: ${failure.code}.`;
  }
};
