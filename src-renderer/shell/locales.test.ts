import { describe, expect, it } from "vitest";
import { menu } from "#shared/access/menu.ts";
import { intentDefs } from "#shared/domain/registry.ts";
import { type FailureCode, failureLayers, layers } from "#shared/failure.ts";

type Texts = { [key: string]: string | Texts };

const files = import.meta.glob<Texts>("../../resources/locales/*/*.json", {
  eager: true,
  import: "default",
});

const flat = (texts: Texts, prefix = ""): [string, string][] =>
  Object.entries(texts).flatMap(([key, value]): [string, string][] =>
    typeof value === "string" ? [[prefix + key, value]] : flat(value, `${prefix}${key}.`),
  );

const catalogue = (language: string, name: string): Map<string, string> =>
  new Map(flat(files[`../../resources/locales/${language}/${name}.json`] ?? {}));

const holes = (text: string) => [...new Set(text.match(/\{\{\w+\}\}/g) ?? [])].sort();

const names = Object.keys(files)
  .filter((path) => path.includes("/en/"))
  .map((path) => path.replace(/.*\/(\w+)\.json$/, "$1"));

describe.each(names)("%s", (name) => {
  const english = catalogue("en", name);
  const thai = catalogue("th", name);

  it("has the same keys in both languages", () => {
    expect([...thai.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it("fills the same places in both languages", () => {
    for (const [key, text] of english) {
      expect([key, holes(thai.get(key) ?? "")]).toEqual([key, holes(text)]);
    }
  });

  it("leaves nothing empty", () => {
    for (const [key, text] of [...english, ...thai]) expect([key, text.trim()]).not.toContain("");
  });
});

describe("the menu", () => {
  it.each(["en", "th"])("has a name for every app, group and item: %s", (language) => {
    const texts = catalogue(language, "shell");
    const wanted = menu.flatMap(({ app, group, item }) => [
      ...[`app.${app}`, `appAbout.${app}`, `group.${group}`, `nav.${item}`],
    ]);
    expect(wanted.filter((key) => !texts.has(key))).toEqual([]);
  });
});

describe("acts", () => {
  const types = Object.keys(intentDefs).map((type) => type.replace(".", "-"));
  const ofWork = types.filter((type) => /^(ticket|alarm|visit)-/.test(type));

  it.each(["en", "th"])("are said as they are meant, done, and beside the work: %s", (language) => {
    const missing = (name: string, keys: readonly string[]) => {
      const texts = catalogue(language, name);
      return keys.filter((key) => !texts.has(key));
    };
    expect([
      ...missing(
        "desk",
        types.map((type) => `intent.${type}`),
      ),
      ...missing(
        "portal",
        types.map((type) => `act.${type}`),
      ),
      ...missing(
        "work",
        ofWork.map((type) => `action.${type}`),
      ),
    ]).toEqual([]);
  });
});

describe("failures", () => {
  const codes = Object.keys(failureLayers) as FailureCode[];

  it.each(["en", "th"])("say what and what helps, for every code: %s", (language) => {
    const texts = catalogue(language, "failures");
    const missing = codes.flatMap((code) =>
      ["what", "remedy"].map((part) => `${code}.${part}`).filter((key) => !texts.has(key)),
    );
    expect(missing).toEqual([]);
    expect(layers.filter((layer) => !texts.has(`layers.${layer}`))).toEqual([]);
  });

  it("have no text for a code that is gone", () => {
    const known = new Set<string>([...codes, "layers", "words"]);
    const spare = [...catalogue("en", "failures").keys()].map((key) => key.split(".")[0] ?? "");
    expect(spare.filter((code) => !known.has(code))).toEqual([]);
  });
});
