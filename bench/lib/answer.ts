import { startOver, type Usage, usage } from "./usage.ts";

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
  | { id: number; ok: true; value: unknown; usage: Usage }
  | { id: number; ok: false; error: string; usage: Usage };

/** Answers the parent's questions until it hangs up; `stop` ends the process in order, `startOver`
 * begins to measure what it takes anew. */
export const answer = (handlers: Handlers, close: () => Promise<void> | void): void => {
  const run = async ({ id, name, argument }: Question): Promise<void> => {
    try {
      if (name === "stop") {
        await close();
        process.send?.({ id, ok: true, value: null, usage: usage() }, () => process.exit(0));
        return;
      }
      if (name === "startOver") startOver();
      const value = (await handlers[name]?.(argument as never)) ?? null;
      process.send?.({ id, ok: true, value, usage: usage() });
    } catch (cause) {
      const error = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
      process.send?.({ id, ok: false, error, usage: usage() });
    }
  };
  process.on("message", (question: Question) => void run(question));
  process.on("disconnect", () => process.exit(1));
  process.send?.({ id: 0, ok: true, value: null, usage: usage() });
};

/** Milliseconds of the one clock that all processes of a machine share. */
export const clockMs = (): number => Number(process.hrtime.bigint()) / 1e6;
