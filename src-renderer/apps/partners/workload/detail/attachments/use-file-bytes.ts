import { useCallback, useEffect, useState } from "react";
import type { Attachment } from "#shared/domain/visit/attachment.ts";
import type { Failure } from "#shared/failure.ts";
import { useFileActs } from "../../../../../data/use-files.ts";

/** What there is to show of an attachment. `url` is a data URL: the page may load nothing else. */
export type Shown =
  | { state: "loading" }
  | { state: "ready"; url: string; bytes: Blob }
  | { state: "failed"; failure: Failure };

const dataUrlOf = (bytes: Blob): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(bytes);
  });

/** The bytes of an attachment, asked for when it is looked at, and again on demand. */
export const useFileBytes = ({
  hash,
  type,
}: Pick<Attachment, "hash" | "type">): { shown: Shown; again: () => void } => {
  const { open } = useFileActs();
  const [shown, setShown] = useState<Shown>({ state: "loading" });
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let left = false;
    setShown({ state: "loading" });
    const ask = async (): Promise<Shown> => {
      const opened = await open(hash, type);
      if (!opened.ok) return { state: "failed", failure: opened.error };
      return { state: "ready", url: await dataUrlOf(opened.value), bytes: opened.value };
    };
    void ask().then((next) => {
      if (!left) setShown(next);
    });
    return () => {
      left = true;
    };
    // `turn` asks anew.
  }, [open, hash, type, turn]);
  return { shown, again: useCallback(() => setTurn((n) => n + 1), []) };
};
