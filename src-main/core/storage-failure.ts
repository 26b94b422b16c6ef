import { type Failure, type FailureCode, fail } from "#shared/failure.ts";
import { StorageFault } from "./storage/storage-fault.ts";

const codes: Partial<Record<StorageFault["code"], FailureCode>> = {
  "disk-full": "disk-full",
  "read-only": "storage-unwritable",
  unwritable: "storage-unwritable",
  io: "storage-unwritable",
  damaged: "storage-damaged",
};

/** The failure a person is told where the disk is at fault, or null where it is not. */
export const storageFailure = (error: unknown): Failure | null => {
  const code = error instanceof StorageFault ? codes[error.code] : undefined;
  return code === undefined ? null : fail(code, { file: "" });
};
