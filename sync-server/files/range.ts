/** The part of a file that a `Range` header asks for; both ends included. */
export interface Span {
  start: number;
  end: number;
}

/**
 * The one span that a `Range` header asks for of `size` bytes: null for the whole file, also where
 * the header is not understood (RFC 9110), "unsatisfiable" where it lies beyond the end.
 */
export const spanOf = (header: string | undefined, size: number): Span | "unsatisfiable" | null => {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? "");
  const [, from = "", to = ""] = match ?? [];
  if (match === null || (from === "" && to === "")) return null;
  if (from === "") {
    const last = Math.min(Number(to), size);
    return last === 0 ? "unsatisfiable" : { start: size - last, end: size - 1 };
  }
  const start = Number(from);
  const end = to === "" ? size - 1 : Math.min(Number(to), size - 1);
  if (start >= size) return "unsatisfiable";
  return end < start ? null : { start, end };
};
