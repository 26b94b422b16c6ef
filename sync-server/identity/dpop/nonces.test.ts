import { expect, test } from "vitest";
import { Nonces } from "./nonces.ts";

const MINUTE = 60_000;
const at = (now: { ms: number }) => new Nonces(() => now.ms);

test("[RFC 9449] a proof is taken once for each nonce, and only by the process that made that", () => {
  const nonces = at({ ms: 0 });
  const nonce = nonces.current();
  expect(nonces.spend(nonce, "a")).toBe("fresh");
  expect(nonces.spend(nonce, "a")).toBe("replayed");
  expect(nonces.spend(nonce, "b")).toBe("fresh");
  expect(at({ ms: 0 }).spend(nonce, "c")).toBe("stale");
  expect(nonces.spend("", "a")).toBe("stale");
});

test("[RFC 9449] a nonce is handed out for a minute, taken for five, and not guessed from another", () => {
  const now = { ms: 0 };
  const nonces = at(now);
  const first = nonces.current();
  now.ms = MINUTE - 1;
  expect(nonces.current()).toBe(first);
  now.ms = MINUTE;
  expect(nonces.current()).not.toBe(first);
  now.ms = 5 * MINUTE - 1;
  expect(nonces.spend(first, "late")).toBe("fresh");
  now.ms = 5 * MINUTE;
  expect(nonces.spend(first, "too late")).toBe("stale");
});

test("[RFC 9449] what is remembered is bounded, and a proof that is forgotten is not taken again", () => {
  const nonces = at({ ms: 0 });
  const first = nonces.current();
  const spent: string[] = [];
  for (let window = 0; window < 10; window += 1) {
    const nonce = nonces.current();
    spent.push(nonce);
    for (let i = 0; i < 50_000; i += 1) nonces.spend(nonce, `p${i}`);
    expect(nonces.spend(nonce, "one more")).toBe("stale");
  }
  expect(new Set(spent).size).toBe(10);
  nonces.current();
  expect(nonces.spend(first, "p0")).toBe("stale");
  expect(nonces.spend(spent.at(-1) ?? "", "p0")).toBe("replayed");
});
