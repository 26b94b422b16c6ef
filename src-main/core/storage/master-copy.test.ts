import { expect, test } from "vitest";
import { isReplicationMetadata, thinMetadata } from "./master-copy.ts";

const keep = (master: object) => ({ rev: (master as { rev: number }).rev });

test("[S9] of a master state only what is compared is kept", () => {
  const row = { id: "d1|0", itemId: "d1", docData: { id: "d1", rev: 3, data: { secret: 1 } } };
  expect(thinMetadata(keep)(row)).toEqual({ ...row, docData: { rev: 3 } });
  expect(row.docData.data).toEqual({ secret: 1 });
});

test("a checkpoint's row is left as it is", () => {
  const row = { id: "down|1", isCheckpoint: "1", checkpointData: { seq: 7 } };
  expect(thinMetadata(keep)(row)).toBe(row);
});

test("only RxDB's own metadata is meant", () => {
  expect(isReplicationMetadata({ title: "RxReplicationProtocolMetaData" })).toBe(true);
  expect(isReplicationMetadata({ title: "records" })).toBe(false);
});
