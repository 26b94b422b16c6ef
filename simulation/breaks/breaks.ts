import Database from "better-sqlite3";
import type { LocalDatabase } from "#core/database.ts";
import { Eraser } from "#core/records/eraser.ts";
import { type PullResponse, type PushResponse, routes } from "#shared/sync/wire.ts";
import type { Model } from "../oracle/model.ts";
import type { Answer, Request } from "../world/line.ts";

/** A rule of the product broken on purpose, to see that the oracle notices. */
export interface Break {
  /** What is wrong then. */
  what: string;
  /** Changes the store that every world starts with. */
  store?(file: string): void;
  /** Does something at the server before it hears a request. */
  before?(request: Request, file: string): void;
  /** Says something else than the server did. */
  answer?(request: Request, answer: Answer, model: Model): Answer;
  /** Changes the core, for good. */
  core?(): void;
  /** Changes the database of a device that was opened. */
  database?(database: LocalDatabase): void;
}

const edited = <T>(answer: Answer, edit: (body: T) => void): Answer => {
  if (answer.status !== 200) return answer;
  const body = JSON.parse(answer.text) as T;
  edit(body);
  return { ...answer, text: JSON.stringify(body) };
};

/** The breaks, by the rule they break. */
export const breaks: Record<string, Break> = {
  S3: {
    what: "the server forgets its verdicts, so that an intent that is sent again runs again",
    before: ({ path, body }, file) => {
      if (path !== routes.push || body === undefined) return;
      const { intents } = JSON.parse(body) as { intents: { id: string }[] };
      const db = new Database(file);
      const forget = db.prepare("DELETE FROM verdict WHERE intent_id = ?");
      for (const { id } of intents) forget.run(id);
      db.close();
    },
  },
  S4: {
    what: "the answer to a refused create is the document as its maker made it",
    answer: ({ path, body }, answer) => {
      if (path !== routes.push) return answer;
      const { intents } = JSON.parse(body ?? "") as {
        intents: { target: { id: string }; payload: object }[];
      };
      return edited<PushResponse>(answer, ({ records }) => {
        for (const record of records.filter(({ data, rev }) => data === null && rev === 0)) {
          const made = intents.find(({ target }) => target.id === record.id);
          record.rev = 1;
          record.data = { id: record.id, ...made?.payload };
        }
      });
    },
  },
  S5: {
    what: "a refusal is a failure of the transport",
    answer: ({ path }, answer) => {
      if (path !== routes.push || answer.status !== 200) return answer;
      const { verdicts } = JSON.parse(answer.text) as PushResponse;
      return verdicts.some(({ status }) => status === "refused")
        ? { status: 500, text: "Internal Server Error" }
        : answer;
    },
  },
  S6: {
    what: "a refusal is told as if the intent had been applied",
    answer: ({ path }, answer) =>
      path !== routes.push
        ? answer
        : edited<PushResponse>(answer, (body) => {
            body.verdicts = body.verdicts.map(({ intentId, at }) => ({
              status: "applied",
              intentId,
              at,
              against: [],
            }));
          }),
  },
  S7: {
    what: "a record that enters a lens, and has not changed itself, is not told",
    store: (file) => {
      const db = new Database(file);
      db.exec(`CREATE TRIGGER broken BEFORE INSERT ON feed
        WHEN NEW.doc IS NOT NULL
          AND (SELECT version FROM record WHERE id = NEW.record_id) = 1
          AND EXISTS (SELECT 1 FROM feed WHERE lens_id = NEW.lens_id AND since < NEW.since)
          AND NOT EXISTS (SELECT 1 FROM feed WHERE lens_id = NEW.lens_id
            AND record_id = NEW.record_id AND doc IS NOT NULL)
        BEGIN SELECT RAISE(IGNORE); END`);
      db.close();
    },
  },
  S8: {
    what: "the ids of foreign devices are not masked",
    answer: ({ path }, answer, model) =>
      path !== routes.pull
        ? answer
        : edited<PullResponse>(answer, ({ records }) => {
            for (const { kind, id, data } of records) {
              const whole = model.stored.get(id);
              if (kind === "agreement" && data && whole) data.deviceIds = whole.data.deviceIds;
            }
          }),
  },
  S9: {
    what: "what is revoked is not erased",
    core: () => {
      Eraser.prototype.gone = async () => 0;
    },
  },
  "S9-bytes": {
    what: "what is revoked is deleted, and its bytes stay in the file",
    database: (database) => {
      database.purge = async (ids) => {
        await database.records.bulkRemove([...ids]);
        return ids.length;
      };
      database.purgeDeleted = async () => 0;
    },
  },
};
