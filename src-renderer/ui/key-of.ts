/**
 * The key a person meant: letters and marks by where they are on the board, so that a Thai layout
 * works the same, everything else by its name.
 */
export const keyOf = (event: Pick<KeyboardEvent, "key" | "code" | "shiftKey">): string => {
  if (/^[!-~]$/.test(event.key)) return event.key.toLowerCase();
  if (event.code === "Slash") return event.shiftKey ? "?" : "/";
  return /^Key([A-Z])$/.exec(event.code)?.[1]?.toLowerCase() ?? event.key;
};
