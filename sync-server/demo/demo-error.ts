/** Why the demo world cannot be built: which file, which line where there is one, and the reason. */
export interface DemoError {
  code: "file-unreadable" | "csv-malformed" | "column-missing" | "plan-invalid";
  file: string;
  line: number | null;
  reason: string;
}

/** The error in one line, for a terminal: "event.csv:12: …". */
export const describeDemoError = (error: DemoError): string =>
  `${error.file}${error.line === null ? "" : `:${error.line}`}: ${error.reason} (${error.code})`;
