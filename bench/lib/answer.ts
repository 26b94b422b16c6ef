/** What a process of the benchmark answers, by name. */
export type Handlers = Record<string, (argument: never) => unknown>;

/** A question on its way to a process. */
interface Question {
  id: number;
  name: string;
  argument: unknown;
}

/** The answer on its way back. */
export type Answer =
  | { id: number; ok: true; value: unknown; rssMb: number }
  | { id: number; ok: false; error: string; rssMb: number };

/** The most memory this process has ever held, in MB. */
const peakRssMb = (): number => Math.round(process.resourceUsage().maxRSS / 1024);

/** Answers the parent's questions until it hangs up; `stop` ends the process in order. */
export const answer = (handlers: Handlers, close: () => Promise<void> | void): void => {
  const run = async ({ id, name, argument }: Question): Promise<void> => {
    try {
      if (name === "stop") {
        await close();
        process.send?.({ id, ok: true, value: null, rssMb: peakRssMb() }, () => process.exit(0));
        return;
      }
      const value = (await handlers[name]?.(argument as never)) ?? null;
      process.send?.({ id, ok: true, value, rssMb: peakRssMb() });
    } catch (cause) {
      const error = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
      process.send?.({ id, ok: false, error, rssMb: peakRssMb() });
    }
  };
  process.on("message", (question: Question) => void run(question));
  process.on("disconnect", () => process.exit(1));
  process.send?.({ id: 0, ok: true, value: null, rssMb: peakRssMb() });
};

/** Milliseconds of the one clock that all processes of a machine share. */
export const clockMs = (): number => Number(process.hrtime.bigint()) / 1e6;
