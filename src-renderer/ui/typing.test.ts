import { afterEach, expect, it } from "vitest";
import { isTyping } from "./typing.ts";

afterEach(() => {
  document.body.innerHTML = "";
});

const within = (html: string): Element | null => {
  document.body.innerHTML = html;
  return document.querySelector("#here");
};

it("leaves keys to fields, and takes them from a box that is only ticked", () => {
  expect(isTyping(within('<input id="here" type="search">'))).toBe(true);
  expect(isTyping(within('<textarea id="here"></textarea>'))).toBe(true);
  expect(isTyping(within('<input id="here" type="checkbox">'))).toBe(false);
  expect(isTyping(within('<button id="here"></button>'))).toBe(false);
});

it("leaves every key to an open dialog", () => {
  const here = within('<div role="dialog" aria-modal="true"></div><button id="here"></button>');
  expect(isTyping(here)).toBe(true);
});
