/** What a process that was started cold says once, with its first page. */
export interface ColdNews {
  rows: number;
  rssMb: number;
  /** When the core stood, ms after the process began; absent where there is no core. */
  startedMs?: number;
}
