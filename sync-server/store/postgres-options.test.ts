import { expect, test } from "vitest";
import { databaseFrom } from "./postgres-options.ts";

const OWNER = "postgres://owner:pass%2Fword@db.example:5433/river?sslmode=require";

const from = (env: Record<string, string>, owner?: string) => {
  const read = databaseFrom(env, owner);
  return read.ok ? read.value : read.error;
};

test("without an address there is no database, and the embedded store is used", () => {
  expect(from({})).toBeNull();
});

test("the engine and the reader are made from the owner's address, always the same", () => {
  const made = from({ RIVERSYNC_DATABASE_URL: OWNER });
  expect(made).toEqual({
    owner: OWNER,
    engine: expect.stringMatching(
      /^postgres:\/\/river_engine:[0-9a-f]{64}@db\.example:5433\/river\?sslmode=require$/,
    ),
    reader: expect.stringMatching(
      /^postgres:\/\/river_reader:[0-9a-f]{64}@db\.example:5433\/river\?sslmode=require$/,
    ),
  });
  expect(from({}, OWNER)).toEqual(made);
  const { engine, reader } = made as { engine: string; reader: string };
  expect(new URL(engine).password).not.toBe(new URL(reader).password);
});

test("addresses that are given are taken as they are", () => {
  const given = {
    RIVERSYNC_DATABASE_URL: "postgres:///river?host=/var/run/postgresql&user=owner",
    RIVERSYNC_DATABASE_ENGINE_URL: "postgres://e:1@db/river",
    RIVERSYNC_DATABASE_READER_URL: "postgres://r:2@db/river",
  };
  expect(from(given)).toMatchObject({
    engine: given.RIVERSYNC_DATABASE_ENGINE_URL,
    reader: given.RIVERSYNC_DATABASE_READER_URL,
  });
});

test.each([
  [{ RIVERSYNC_DATABASE_URL: "postgres://owner@db/river" }, /no password/],
  [{ RIVERSYNC_DATABASE_URL: "mysql://owner:secret@db/river" }, /RIVERSYNC_DATABASE_URL/],
  [
    {
      RIVERSYNC_DATABASE_URL: OWNER,
      RIVERSYNC_DATABASE_READER_URL: "postgres://r:secret@db/river",
    },
    /given together/,
  ],
  [
    { RIVERSYNC_DATABASE_URL: OWNER, RIVERSYNC_DATABASE_ENGINE_URL: "secret" },
    /RIVERSYNC_DATABASE_ENGINE_URL/,
  ],
])("what is described by half is refused, without the passwords: %j", (env, sentence) => {
  expect(from(env)).toMatch(sentence);
  expect(from(env)).not.toMatch(/secret|pass%2F/);
});
