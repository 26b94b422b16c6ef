import { describe, expect, it } from "vitest";
import { keyOf } from "./key-of.ts";

describe("[PAR-2] keys by where they are on the board", () => {
  it.each([
    [{ key: "J", code: "KeyJ", shiftKey: true }, "j"],
    [{ key: "่", code: "KeyJ", shiftKey: false }, "j"],
    [{ key: "ฝ", code: "Slash", shiftKey: false }, "/"],
    [{ key: "k", code: "KeyC", shiftKey: false }, "k"],
    [{ key: "-", code: "Slash", shiftKey: false }, "-"],
    [{ key: "ฦ", code: "Slash", shiftKey: true }, "?"],
    [{ key: "?", code: "Minus", shiftKey: true }, "?"],
    [{ key: "ArrowDown", code: "ArrowDown", shiftKey: false }, "ArrowDown"],
  ])("%o is %s", (event, key) => {
    expect(keyOf(event)).toBe(key);
  });
});
