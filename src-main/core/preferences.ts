import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { BehaviorSubject } from "rxjs";
import { type Failure, fail } from "#shared/failure.ts";
import { Preferences } from "#shared/ipc/views.ts";
import { err, ok, type Result } from "#shared/result.ts";

/** The preferences of someone who has chosen nothing yet. */
const none: Preferences = { language: null, theme: "auto", savedViews: [] };

/**
 * Choices that stay on this device: language, theme, saved views. They are there before anyone has
 * signed in, so they lie beside the databases, and hold nothing of a customer.
 */
export class PreferenceStore {
  readonly value$: BehaviorSubject<Preferences>;
  readonly #file: string;

  constructor(dataFolder: string) {
    this.#file = join(dataFolder, "preferences.json");
    this.value$ = new BehaviorSubject(this.#read());
  }

  /** Keeps what is given and leaves the rest as it was. */
  save(
    change: { [K in keyof Preferences]?: Preferences[K] | undefined },
  ): Result<Record<never, never>, Failure> {
    const given = Object.entries(change).filter(([, value]) => value !== undefined);
    const next = Preferences.parse({ ...this.value$.value, ...Object.fromEntries(given) });
    try {
      writeFileSync(`${this.#file}.new`, JSON.stringify(next, null, 2), { mode: 0o600 });
      renameSync(`${this.#file}.new`, this.#file);
    } catch (cause) {
      const full = (cause as { code?: string }).code === "ENOSPC";
      return err(fail(full ? "disk-full" : "storage-unwritable", { file: this.#file }));
    }
    this.value$.next(next);
    return ok({});
  }

  #read(): Preferences {
    try {
      const kept = Preferences.safeParse(JSON.parse(readFileSync(this.#file, "utf8")));
      return kept.success ? kept.data : none;
    } catch {
      // None kept yet, or not readable: nothing that a person could not choose again.
      return none;
    }
  }
}
