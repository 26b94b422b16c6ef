import type { SafeStorage, Shell } from "electron";
import type { Answer, Ask } from "./core-messages.ts";
import { mayOpenOutside } from "./external-url.ts";

/** What the core's questions are answered with. */
export interface AnswerOptions {
  safeStorage: Pick<SafeStorage, "encryptStringAsync" | "decryptStringAsync">;
  shell: Pick<Shell, "openExternal">;
  issuer: string;
}

const failed = (cause: unknown): Answer => ({
  ok: false,
  error: cause instanceof Error ? cause.name : "failed",
});

/** Answers what the core asks of the main process. Never rejects. */
export const createAnswers = ({ safeStorage, shell, issuer }: AnswerOptions) => {
  const done = async (ask: Ask): Promise<Answer> => {
    switch (ask.kind) {
      case "encrypt": {
        const sealed = await safeStorage.encryptStringAsync(ask.text);
        return { ok: true, value: sealed.toString("base64") };
      }
      case "decrypt": {
        const opened = await safeStorage.decryptStringAsync(Buffer.from(ask.sealed, "base64"));
        return { ok: true, value: opened.result };
      }
      case "open-url": {
        if (!mayOpenOutside(ask.url, issuer)) return { ok: false, error: "url-refused" };
        await shell.openExternal(ask.url);
        return { ok: true, value: "" };
      }
    }
  };
  return (ask: Ask): Promise<Answer> => done(ask).catch(failed);
};
