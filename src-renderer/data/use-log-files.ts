import { useCallback, useMemo, useState } from "react";
import { type Failure, fail } from "#shared/failure.ts";
import { err, type Result } from "#shared/result.ts";
import { saveFile } from "../ui/save-file.ts";
import { useCore } from "./core.ts";
import { notifyFailure } from "./use-intent.ts";

/** What was found to hold of a file that somebody handed in. */
export interface Verified {
  kind: "receipt" | "log";
  lines: number;
  /** When its head was signed, ISO. */
  at: string;
}

/** What leaves an audit log as a file, and what comes back to be verified (PRT-4). */
export interface LogFiles {
  busy: "ndjson" | "csv" | "receipt" | null;
  /** Saves the whole log; a refusal is shown as a notification. */
  exportLog: (format: "ndjson" | "csv") => Promise<void>;
  /** Saves the receipt of an act, in one log or in whichever; a refusal is shown as a notification. */
  saveReceipt: (act: { intentId: string; log?: string }) => Promise<void>;
  /** Verifies a receipt or an exported log, without the server. */
  verify: (file: File) => Promise<Result<Verified, Failure>>;
}

/** The files of the organisation's audit log. */
export const useLogFiles = (): LogFiles => {
  const core = useCore();
  const [busy, setBusy] = useState<LogFiles["busy"]>(null);

  const during = useCallback(
    async (what: LogFiles["busy"], ask: () => Promise<Result<unknown, Failure>>) => {
      setBusy(what);
      const done = await ask().catch(() => err(fail("core-unreachable")));
      setBusy(null);
      if (!done.ok) notifyFailure(done.error);
    },
    [],
  );

  return useMemo(
    () => ({
      busy,
      exportLog: (format) =>
        during(format, async () => {
          const answer = await core.audit.export({ format });
          if (answer.ok) {
            const bytes = await answer.value.file.arrayBuffer();
            saveFile(answer.value.name, bytes, answer.value.file.type);
          }
          return answer;
        }),
      saveReceipt: (act) =>
        during("receipt", async () => {
          const answer = await core.audit.receipt(act);
          if (answer.ok) {
            const { receipt } = answer.value;
            const text = JSON.stringify(receipt, null, 2);
            saveFile(`riversync-receipt-${receipt.line.seq}.json`, text, "application/json");
          }
          return answer;
        }),
      verify: (file) => core.audit.verify({ file }).catch(() => err(fail("core-unreachable"))),
    }),
    [busy, core, during],
  );
};
