import { useDebouncedCallback } from "@mantine/hooks";
import { useCallback, useEffect, useRef, useState } from "react";
import { type ItemRef, itemKey } from "./work-search.ts";

const keyOrNone = (item: ItemRef | null) => (item === null ? "" : itemKey(item));

/**
 * The selected piece of work. It moves at once, the address follows when it rests; and it follows
 * the address when that is changed from elsewhere.
 */
export const useSelection = (
  addressed: ItemRef | null,
  write: (item: ItemRef | null) => void,
): [ItemRef | null, (item: ItemRef | null) => void] => {
  const [item, setItem] = useState(addressed);
  const written = useRef(keyOrNone(addressed));
  const rest = useDebouncedCallback((next: ItemRef | null) => {
    written.current = keyOrNone(next);
    write(next);
  }, 120);
  const select = useCallback(
    (next: ItemRef | null) => {
      setItem(next);
      rest(next);
    },
    [rest],
  );
  const said = keyOrNone(addressed);
  useEffect(() => {
    if (said === written.current) return;
    written.current = said;
    setItem(addressed);
  }, [said]);
  return [item, select];
};
