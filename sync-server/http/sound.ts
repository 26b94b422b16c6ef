/** Nothing of ours is nested deeper: what walks a value by calling itself would run out of stack. */
const DEEPEST = 64;

/**
 * A text as every database holds it: U+0000, which PostgreSQL refuses, and halves of a character
 * become U+FFFD, as HTML does with them.
 */
const soundText = (text: string): string => text.toWellFormed().replaceAll("\0", "\uFFFD");

/**
 * Makes parsed JSON, in place, what can be hashed and stored anywhere (see {@link soundText}). Null
 * where it is nested so deeply that it is nobody's honest request.
 */
export const sound = (value: unknown): { value: unknown } | null => {
  const whole: Record<string, unknown> = { value };
  const left: { inside: Record<string, unknown>; depth: number }[] = [{ inside: whole, depth: 0 }];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const { inside, depth } = next;
    if (depth > DEEPEST) return null;
    for (const key of Object.keys(inside)) {
      const one = inside[key];
      if (typeof one === "string") inside[key] = soundText(one);
      else if (typeof one === "object" && one !== null) {
        left.push({ inside: one as Record<string, unknown>, depth: depth + 1 });
      }
    }
  }
  return { value: whole.value };
};
