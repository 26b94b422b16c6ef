import type { Logger } from "pino";
import {
  BehaviorSubject,
  distinctUntilChanged,
  filter,
  firstValueFrom,
  map,
  merge,
  Observable,
  Subject,
  type Subscription,
} from "rxjs";
import { MAX_FILE_BYTES } from "#shared/domain/visit/attachment.ts";
import { type Failure, fail } from "#shared/failure.ts";
import type { FileView, SyncStatus } from "#shared/ipc/views.ts";
import { err, ok, type Result } from "#shared/result.ts";
import { databaseFailure } from "../database.ts";
import { openEncryptedDatabase } from "../storage/open-database.ts";
import { storageFailure } from "../storage-failure.ts";
import { Fetcher } from "./fetcher.ts";
import { FileServer, type FileServerOptions } from "./file-server.ts";
import { type FileRow, type FileState, FileTable } from "./file-table.ts";
import { Sender } from "./sender.ts";
import { takeIn } from "./take-in.ts";
import { viewOf } from "./view-of.ts";

/** What the files of an account stand on. */
export interface FilesParts {
  /** Their own database file, and its key: 32 bytes in hex. */
  file: string;
  keyHex: string;
  server: FileServerOptions;
  /** How the sync of documents stands: files wait while documents do. */
  status$: BehaviorSubject<SyncStatus>;
  /** The hashes that anything on this device names: records, waiting changes, the desk. */
  named: () => Promise<ReadonlySet<string>>;
  /** Records were erased: files that nothing names any more go too (S9). */
  erased$: Observable<void>;
  log: Logger;
}

/** What is not in the middle of being taken in. */
const settled: readonly FileState[] = ["waiting", "failed", "sent", "partial"];

/**
 * The files of one account on this device (S13): taken in durably, sent when no document waits,
 * fetched when somebody wants to see them, erased when nothing names them any more. They lie in an
 * encrypted database of their own, under the SHA-256 of their bytes.
 */
export class AccountFiles {
  /** How many files wait to be sent. */
  readonly waiting$ = new BehaviorSubject(0);
  readonly #changed$ = new Subject<void>();
  readonly #table: FileTable;
  readonly #parts: FilesParts;
  readonly #sender: Sender;
  readonly #fetcher: Fetcher;
  readonly #heard: Subscription[];
  #tidying: Promise<void> = Promise.resolve();
  #closed = false;

  private constructor(table: FileTable, parts: FilesParts) {
    this.#table = table;
    this.#parts = parts;
    const server = new FileServer(parts.server);
    const changed = () => this.#tell();
    this.#fetcher = new Fetcher(table, server, changed);
    this.#sender = new Sender({ table, server, changed, quiet: (signal) => this.#quiet(signal) });
    this.#heard = [
      parts.erased$.subscribe(() => void this.tidy()),
      parts.status$
        .pipe(
          map((status) => status.phase),
          distinctUntilChanged(),
          filter((phase) => phase === "up-to-date"),
        )
        .subscribe(() => this.#sender.now()),
    ];
    this.#tell();
  }

  /**
   * Opens the files, made where there are none, and begins to send what waits. Refuses with a
   * failure of the storage layer; records can be worked with all the same.
   */
  static async open(parts: FilesParts): Promise<Result<AccountFiles, Failure>> {
    const { file, keyHex } = parts;
    const opened = openEncryptedDatabase({ file, keyHex });
    if (!opened.ok) return err(databaseFailure(opened.code, file));
    try {
      const files = new AccountFiles(new FileTable(opened.database), parts);
      await files.#takeUp();
      return ok(files);
    } catch (error) {
      opened.database.close();
      return err(storageFailure(error) ?? fail("storage-unwritable", { file }));
    }
  }

  /** Hears that {@link views} has changed. */
  get changed$(): Observable<void> {
    return this.#changed$;
  }

  /** Every file here and how it stands. */
  views(): FileView[] {
    return this.#table
      .all()
      .flatMap((row) => viewOf(row, this.#sender.under, this.#fetcher.arrived) ?? []);
  }

  /** Takes a file in, durably, as {@link takeIn} promises. It is sent after {@link release}. */
  add(
    source: AsyncIterable<Uint8Array>,
    type: string,
  ): Promise<Result<{ hash: string; size: number }, Failure>> {
    return takeIn(this.#table, source, type);
  }

  /** A record names the file now: it is sent. */
  release(hash: string): void {
    const row = this.#table.of(hash);
    if (row?.state === "kept") this.#table.change(row.id, { state: "waiting" });
    this.#sender.now();
    this.#tell();
  }

  /** Erases a file, unless something still names it. */
  async abandon(hash: string): Promise<void> {
    const row = this.#table.of(hash);
    if (row === undefined || (await this.#parts.named()).has(hash)) return;
    this.#table.erase([row.id]);
    this.#tell();
  }

  /**
   * The bytes of a file, fetched where they are not here yet. Refuses with `file-unknown` where the
   * server has nothing to show under this hash (it may still be on its way from another device).
   */
  async open(hash: string): Promise<Result<Uint8Array<ArrayBuffer>, Failure>> {
    const whole = () => {
      const row = this.#table.of(hash);
      return row === undefined || row.state === "partial" ? null : row;
    };
    if (whole() === null) {
      const fetched = await this.#fetcher.fetch(hash);
      if (!fetched.ok) return fetched;
    }
    const row = whole();
    if (row === null || row.size > MAX_FILE_BYTES) return err(fail("file-unknown"));
    return ok(this.#table.bytes(row.id, 0, row.size));
  }

  /**
   * Erases every file that nothing on this device names. One that still waits to be sent is sent
   * first: whoever took it was told that it is safe.
   */
  tidy(): Promise<void> {
    this.#tidying = this.#tidying
      .then(() => this.#tidyNow())
      .catch((error: unknown) => {
        if (!this.#closed) this.#parts.log.error({ err: error }, "files were not tidied up");
      });
    return this.#tidying;
  }

  async #tidyNow(): Promise<void> {
    const rows = this.#table.all().filter((row) => settled.includes(row.state));
    if (rows.length === 0 || this.#closed) return;
    const named = await this.#parts.named();
    const unnamed = rows.filter((row) => row.hash === null || !named.has(row.hash));
    for (const row of unnamed) {
      if (row.state === "waiting") this.#table.change(row.id, { leaving: 1 });
    }
    const goes = unnamed.filter((row) => row.state !== "waiting" && !this.#isFetched(row.hash));
    this.#table.erase(goes.map((row) => row.id));
    this.#tell();
  }

  /** What a crash left half taken in goes; what a record names already is sent. */
  async #takeUp(): Promise<void> {
    const rows = this.#table.all();
    const unfinished = rows.filter((row) => row.state === "arriving" || row.state === "kept");
    const named = unfinished.length > 0 ? await this.#parts.named() : null;
    const isNamed = ({ hash }: FileRow) => hash !== null && named?.has(hash) === true;
    for (const row of unfinished.filter(isNamed)) {
      this.#table.change(row.id, { state: "waiting" });
    }
    this.#table.erase(unfinished.filter((row) => !isNamed(row)).map((row) => row.id));
    await this.tidy();
  }

  /** Sends what waits at once, for at most `ms`: the last chance before everything here is erased. */
  async sendNow(ms: number): Promise<void> {
    this.#sender.now();
    const sent = firstValueFrom(this.waiting$.pipe(filter((count) => count === 0)));
    await Promise.race([sent, new Promise((resolve) => setTimeout(resolve, ms).unref())]);
  }

  /** Stops sending and fetching, and closes the database; what is on the disk stays. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const heard of this.#heard) heard.unsubscribe();
    await Promise.all([this.#sender.stop(), this.#fetcher.stop(), this.#tidying]);
    this.#table.close();
  }

  async #quiet(signal: AbortSignal): Promise<void> {
    const { status$ } = this.#parts;
    if (status$.value.waiting === 0) return;
    const left$ = new Observable<never>((subscriber) => {
      const leave = () => subscriber.error(signal.reason);
      if (signal.aborted) leave();
      signal.addEventListener("abort", leave);
      return () => signal.removeEventListener("abort", leave);
    });
    await firstValueFrom(merge(left$, status$.pipe(filter(({ waiting }) => waiting === 0))));
  }

  #isFetched(hash: string | null): boolean {
    return hash !== null && this.#fetcher.arrived.has(hash);
  }

  #tell(): void {
    if (this.#closed) return;
    const waiting = this.#table.count("waiting");
    if (waiting !== this.waiting$.value) this.waiting$.next(waiting);
    this.#changed$.next();
  }
}
