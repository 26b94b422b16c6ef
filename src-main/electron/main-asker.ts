import type { Answer, Ask, FromCore } from "./core-messages.ts";

/** The keystore may have to ask the person first. */
const ANSWER_WITHIN = 120_000;

/** The core's questions to the main process, each matched with its answer. */
export interface MainAsker {
  ask(ask: Ask): Promise<string>;
  answered(id: number, answer: Answer): void;
}

/** See {@link MainAsker}; `post` takes a message to the main process. */
export const createMainAsker = (post: (message: FromCore) => void): MainAsker => {
  const open = new Map<number, (answer: Answer) => void>();
  let last = 0;

  return {
    ask: (ask) =>
      new Promise((resolve, reject) => {
        last += 1;
        const id = last;
        const timer = setTimeout(() => settle({ ok: false, error: "no-answer" }), ANSWER_WITHIN);
        const settle = (answer: Answer) => {
          clearTimeout(timer);
          open.delete(id);
          if (answer.ok) resolve(answer.value);
          else reject(new Error(answer.error));
        };
        open.set(id, settle);
        post({ type: "ask", id, ask });
      }),
    answered: (id, answer) => open.get(id)?.(answer),
  };
};
