import type { RxJsonSchema } from "rxdb/plugins/core";
import type { LocalRecord } from "./local-record.ts";
import { recordSchema } from "./schema.ts";

/**
 * Makes a record of one version out of one of the version before it. It is given everything that was
 * kept, the intents that wait in `pending` and their `base` too, and may lose none of it (S2).
 */
export type Migration = (before: Record<string, unknown>) => Record<string, unknown>;

/** The shape of the records on a device, and how records of earlier shapes become such ones. */
export interface RecordShape {
  schema: RxJsonSchema<LocalRecord>;
  /** By the version each makes; one for every version from 1 to the schema's. */
  migrations: Record<number, Migration>;
}

/** What a record of that version has to go through. Throws where a step is missing. */
export const stepsFrom = ({ schema, migrations }: RecordShape, version: number): Migration[] =>
  Array.from({ length: Math.max(0, schema.version - version) }, (_, n) => {
    const step = migrations[version + n + 1];
    if (step === undefined) throw new Error(`no migration to version ${version + n + 1}`);
    return step;
  });

/** The shape this version of the product keeps (S12). */
export const recordShape: RecordShape = { schema: recordSchema, migrations: {} };
