import { existsSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { setImmediate } from "node:timers/promises";
import { type PageReader, pagesOf, readerOf } from "./raw-pages.ts";
import { Snapshot } from "./snapshot.ts";

/** Pages looked at between two turns of everything else: about a millisecond. */
const AT_ONCE = 100;
const WEEK_MS = 7 * 24 * 60 * 60 * 1000;

/** What a check of every page found. */
export type PageReport = { readonly pages: number; readonly unreadable: number };

const checkedMark = (file: string): string => `${file}.checked`;
const damagedMark = (file: string): string => `${file}.damaged`;

/** The small files beside a database that say what is known of its pages. */
export const marksOf = (file: string): string[] => [checkedMark(file), damagedMark(file)];

/** Whether a check has found damage since the file was made. */
export const isKnownDamaged = (file: string): boolean => existsSync(damagedMark(file));

/**
 * Whether every page is to be looked at again, asked before the file is opened: it was never done, or
 * a week ago, or the file was not closed (a write-ahead log is left).
 */
export const isCheckDue = (file: string, now = Date.now()): boolean => {
  const mark = checkedMark(file);
  if (existsSync(`${file}-wal`) || !existsSync(mark)) return true;
  return Math.abs(now - statSync(mark).mtimeMs) > WEEK_MS;
};

/**
 * Authenticates every page of a file that may be in use by this process, a few at a time so that
 * nothing else waits, and remembers what it found beside the file. Ends early, with null, once
 * `stopped` says so or the file is gone.
 */
export async function checkPages(
  file: string,
  keyHex: string,
  stopped: () => boolean,
): Promise<PageReport | null> {
  const reader = existsSync(file) ? readerOf(file, keyHex) : null;
  if (reader === null) return null;
  const suspects: number[] = [];
  let pages = 0;
  for (const { number, bytes } of pagesOf(file, reader)) {
    pages++;
    if (bytes === null) suspects.push(number);
    if (pages % AT_ONCE !== 0) continue;
    await setImmediate();
    if (stopped()) return null;
  }
  const unreadable = suspects.length === 0 ? 0 : missedIn(file, reader, suspects);
  if (unreadable > 0) writeFileSync(damagedMark(file), "");
  else markSound(file);
  return { pages, unreadable };
}

/** How many of these pages are in use, and not in the log in a later state. */
function missedIn(file: string, reader: PageReader, suspects: readonly number[]): number {
  const snapshot = new Snapshot(file, reader);
  const free = snapshot.freePages();
  // The file may have become shorter meanwhile.
  const missed = suspects.filter(
    (n) => n <= snapshot.count && !free.has(n) && snapshot.page(n) === null,
  );
  snapshot.close();
  return missed.length;
}

/** Remembers that every page of the file is whole now. */
export function markSound(file: string): void {
  rmSync(damagedMark(file), { force: true });
  writeFileSync(checkedMark(file), "");
  const now = new Date();
  utimesSync(checkedMark(file), now, now);
}
