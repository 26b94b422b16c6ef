import { type DragEvent, useEffect, useState } from "react";

/** Files that are dragged over a place, dropped on it, or pasted while it is shown. */
export const useIncoming = (
  active: boolean,
  take: (files: readonly File[]) => void,
): {
  over: boolean;
  zone: Partial<Record<"onDragOver" | "onDragLeave" | "onDrop", (event: DragEvent) => void>>;
} => {
  const [over, setOver] = useState(false);
  useEffect(() => {
    if (!active) return;
    const paste = (event: ClipboardEvent) => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      take(files);
    };
    document.addEventListener("paste", paste);
    return () => document.removeEventListener("paste", paste);
  }, [active, take]);
  if (!active) return { over: false, zone: {} };
  const brings = (event: DragEvent) => event.dataTransfer.types.includes("Files");
  return {
    over,
    zone: {
      onDragOver: (event) => {
        if (!brings(event)) return;
        event.preventDefault();
        setOver(true);
      },
      onDragLeave: (event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      },
      onDrop: (event) => {
        if (!brings(event)) return;
        event.preventDefault();
        setOver(false);
        take([...event.dataTransfer.files]);
      },
    },
  };
};
