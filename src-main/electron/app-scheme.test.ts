import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { serveFolder } from "./app-scheme.ts";
import { assetPath } from "./asset-path.ts";
import { testFolder } from "./testing/quiet.ts";

const app = "app://riversync";

/** A built renderer beside which lies something that is nobody's business. */
const rendererFolder = (): string => {
  const root = testFolder();
  const folder = join(root, "renderer");
  mkdirSync(join(folder, "assets"), { recursive: true });
  writeFileSync(join(folder, "index.html"), "<p>page</p>");
  writeFileSync(join(folder, "assets/index-B_9x.js"), "export {};");
  writeFileSync(join(folder, "assets/plex.woff2"), "font");
  writeFileSync(join(root, "secret.txt"), "secret");
  writeFileSync(join(root, "renderer-secret"), "secret");
  symlinkSync(join(root, "secret.txt"), join(folder, "link.txt"));
  return folder;
};

const hostile = [
  "/../secret.txt",
  "/assets/../../secret.txt",
  "/%2e%2e/secret.txt",
  "/%2E%2E%2Fsecret.txt",
  "/..%2fsecret.txt",
  "/..%5csecret.txt",
  "/..\\secret.txt",
  "/%252e%252e/secret.txt",
  "/assets/..%00/secret.txt",
  "/index.html%00.js",
  "/index.html:$DATA",
  "/C:/secret.txt",
  "/C%3A%5Csecret.txt",
  "//etc/passwd",
  "/%2fetc/passwd",
  "/../renderer-secret",
  "/link.txt",
  "/%",
  "/assets",
  "/assets/",
  "/none.js",
];

const get = (folder: string, url: string, method = "GET") => serveFolder(folder)({ url, method });

describe("the app scheme", () => {
  it("serves the page and its files, each as what it is and under the content policy", async () => {
    const folder = rendererFolder();
    for (const [path, type] of [
      ["/", "text/html; charset=utf-8"],
      ["/index.html?x=1#/partners", "text/html; charset=utf-8"],
      ["/assets/index-B_9x.js", "text/javascript; charset=utf-8"],
      ["/assets/plex.woff2", "font/woff2"],
    ]) {
      const answer = await get(folder, `${app}${path}`);
      expect(answer.status, path).toBe(200);
      expect(answer.headers.get("content-type")).toBe(type);
      expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
      expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    }
    expect(await (await get(folder, `${app}/`)).text()).toBe("<p>page</p>");
  });

  it.each(hostile)("hands out nothing for %s", async (path) => {
    const answer = await get(rendererFolder(), `${app}${path}`);
    expect(answer.status).toBe(404);
    expect(await answer.text()).toBe("");
  });

  it("knows no other host, and no way to write", async () => {
    const folder = rendererFolder();
    expect((await get(folder, "app://other/index.html")).status).toBe(404);
    expect((await get(folder, "file:///etc/passwd")).status).toBe(404);
    expect((await get(folder, `${app}/index.html`, "POST")).status).toBe(405);
    expect(await (await get(folder, `${app}/index.html`, "HEAD")).text()).toBe("");
  });

  it("names a file inside the folder or none at all, before any file is looked at", () => {
    for (const path of hostile) {
      const file = assetPath("/r", `${app}${path}`);
      expect(file === null || file.startsWith(join("/r", "/")), path).toBe(true);
    }
    const never = [
      "/..%2fa",
      "/a%00",
      "/a%5cb",
      "/a%5c..%5cb",
      "/a:b",
      "/C%3A/a",
      "/a//b",
      "/a%0a",
    ];
    for (const path of never) expect(assetPath("/r", `${app}${path}`), path).toBeNull();
    expect(assetPath("/r", `${app}/a/b.js`)).toBe(join("/r", "a", "b.js"));
    expect(assetPath("/r", `${app}/a b.js`)).toBe(join("/r", "a b.js"));
  });
});
