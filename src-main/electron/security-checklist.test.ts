import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { appScheme } from "./app-scheme.ts";
import { CONTENT_POLICY } from "./content-policy.ts";
import { createAnswers } from "./core-answers.ts";
import { launch } from "./launch.ts";
import { createFakeElectron } from "./testing/fake-electron.ts";
import { testFolder } from "./testing/quiet.ts";

const root = join(import.meta.dirname, "../..");

/** The program as launched, with its one window open. */
const launched = async () => {
  const folder = testFolder();
  const fake = createFakeElectron(folder);
  launch(fake.electron, { argv: [], settingsFile: join(folder, "none.json") });
  const window = await vi.waitUntil(() => fake.windows[0]);
  const preferences = window.options.webPreferences ?? {};
  return { ...fake, window, page: window.webContents, preferences };
};

/** Whether `emit` is stopped by the guard it meets. */
const prevented = (emit: (event: { preventDefault: () => void }) => void): boolean => {
  const preventDefault = vi.fn();
  emit({ preventDefault });
  return preventDefault.mock.calls.length > 0;
};

/** The sources of this folder that become part of the program. */
const sources = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
  .map((name) => ({ name, text: readFileSync(join(import.meta.dirname, name), "utf8") }));

const foreign = [
  "https://evil.example/",
  "http://127.0.0.1:4080/",
  "ws://evil.example/",
  "file:///etc/passwd",
  "app://riversync.evil.example/",
  "app://riversync:80/",
  "app://user@riversync/",
  "https://evil.example/app://riversync/",
  "javascript:alert(1)",
  "",
];

describe("the twenty points of Electron's security guide", () => {
  it("[E1] only what lies on this device is loaded", async () => {
    const { defaultSession, page } = await launched();
    expect(page.url).toBe("app://riversync/index.html");
    for (const url of foreign) expect(defaultSession.loads(url), url).toBe(false);
    for (const url of ["app://riversync/assets/a.js", "blob:app://riversync/1", "data:,x"]) {
      expect(defaultSession.loads(url), url).toBe(true);
    }
  });

  it("[E2] pages have no Node", async () => {
    const { preferences } = await launched();
    expect(preferences.nodeIntegration).toBe(false);
    expect(preferences.nodeIntegrationInWorker).toBe(false);
    expect(preferences.nodeIntegrationInSubFrames).toBe(false);
  });

  it("[E3] the preload has a context of its own", async () => {
    expect((await launched()).preferences.contextIsolation).toBe(true);
  });

  it("[E4] every page runs in the sandbox", async () => {
    const { app, preferences } = await launched();
    expect(app.sandboxed).toBe(true);
    expect(preferences.sandbox).toBe(true);
  });

  it("[E5] every permission is denied", async () => {
    const { defaultSession } = await launched();
    const answer = vi.fn();
    defaultSession.permissionRequest?.({} as never, "geolocation", answer, {} as never);
    expect(answer).toHaveBeenCalledExactlyOnceWith(false);
    expect(defaultSession.permissionCheck?.(null, "media", "", {} as never)).toBe(false);
    expect(defaultSession.devicePermission?.({} as never)).toBe(false);
  });

  it("[E6] web security is on", async () => {
    expect((await launched()).preferences.webSecurity).toBe(true);
  });

  it("[E7] the content policy allows our own files alone, as the page itself says", () => {
    expect(CONTENT_POLICY).toContain("default-src 'none'");
    expect(CONTENT_POLICY).toContain("script-src 'self';");
    expect(CONTENT_POLICY).not.toMatch(/https?:|\*|unsafe-eval/);
    const page = readFileSync(join(root, "src-renderer/index.html"), "utf8");
    const said = /Content-Security-Policy"\s+content="([^"]+)"/.exec(page)?.[1] ?? "none said";
    const sent = CONTENT_POLICY.split("; ");
    for (const directive of said.split("; ")) expect(sent).toContain(directive);
  });

  it("[E8] no insecure content is let in", async () => {
    expect((await launched()).preferences.allowRunningInsecureContent).toBe(false);
  });

  it("[E9] experiments are off", async () => {
    expect((await launched()).preferences.experimentalFeatures).toBe(false);
  });

  it("[E10] no feature of Blink is switched on", async () => {
    expect((await launched()).preferences).not.toHaveProperty("enableBlinkFeatures");
    expect(sources.filter(({ text }) => /appendSwitch|enableBlinkFeatures/.test(text))).toEqual([]);
  });

  it("[E11, E12] there is no <webview>, and none can be attached", async () => {
    const { preferences, page } = await launched();
    expect(preferences.webviewTag).toBe(false);
    expect(prevented((event) => page.emit("will-attach-webview", event))).toBe(true);
  });

  it("[E13] a page goes nowhere else", async () => {
    const { page, preferences } = await launched();
    const goes = (url: string, isMainFrame = true) =>
      !prevented((event) => page.emit("will-frame-navigate", { ...event, url, isMainFrame }));
    for (const url of foreign) {
      expect(goes(url), url).toBe(false);
      expect(prevented((event) => page.emit("will-redirect", { ...event, url }))).toBe(true);
    }
    expect(goes("app://riversync/index.html")).toBe(true);
    expect(goes("app://riversync/index.html", false)).toBe(false);
    expect(preferences.navigateOnDragDrop).toBe(false);
  });

  it("[E14] a page opens nothing", async () => {
    const { page } = await launched();
    for (const url of [...foreign, "app://riversync/index.html"]) {
      expect(page.openHandler?.({ url })).toEqual({ action: "deny" });
    }
  });

  it("[E15] only https, or the configured provider on this machine, opens outside", async () => {
    const { electron, opened } = createFakeElectron(testFolder());
    const answer = createAnswers({ ...electron, issuer: "http://127.0.0.1:4071" });
    const open = async (url: string) => (await answer({ kind: "open-url", url })).ok;
    const allowed = ["https://id.example/auth?x=1", "http://127.0.0.1:4071/auth"];
    for (const url of allowed) expect(await open(url), url).toBe(true);
    for (const url of [
      "http://127.0.0.1:4072/auth",
      "http://127.0.0.1:4071@evil.example/",
      "http://id.example/auth",
      "https://user:word@id.example/",
      "file:///usr/bin/sh",
      "ms-msdt:/id",
      "smb://evil.example/share",
      "javascript:alert(1)",
      "not an address",
    ]) {
      expect(await open(url), url).toBe(false);
    }
    expect(opened).toEqual(allowed);
    expect(sources.filter(({ text }) => text.includes("openExternal(")).map((s) => s.name)).toEqual(
      ["core-answers.ts"],
    );
  });

  it("[E16] Electron is the version this was written for, or a later one", () => {
    const file = readFileSync(join(root, "node_modules/electron/package.json"), "utf8");
    const { version } = JSON.parse(file) as { version: string };
    expect(Number(version.split(".")[0])).toBeGreaterThanOrEqual(45);
  });

  it("[E17] a message from anywhere but our page's main frame leads to nothing", async () => {
    const { page, send } = await launched();
    const before = page.posted.length;
    send(page, "core:ask-port", { ...page.frame, origin: "https://evil.example" });
    send(page, "core:ask-port", { ...page.frame, parent: {} });
    expect(page.posted).toHaveLength(before);
  });

  it("[E18] pages come from a scheme of our own, never from file://", async () => {
    const { schemes, handlers } = await launched();
    expect(schemes).toEqual([appScheme]);
    expect(appScheme.privileges).toMatchObject({ standard: true, secure: true, bypassCSP: false });
    expect([...handlers.keys()]).toEqual(["app"]);
    expect(sources.filter(({ text }) => /loadFile\(|"file:/.test(text))).toEqual([]);
  });

  it("[E19] every fuse is set by name: see packaging.test.ts", () => {
    expect(readFileSync(join(root, "electron-builder.yml"), "utf8")).toContain("electronFuses:");
  });

  it("[E20] a page is given one function, and nothing of Electron with it", () => {
    const preload = sources.find(({ name }) => name === "preload.ts")?.text ?? "";
    const exposed = preload.match(/exposeInMainWorld\([^;]+;/g);
    expect(exposed).toEqual([
      'exposeInMainWorld("riversync", { port: () => ipcRenderer.send(ASK_PORT) });',
    ]);
  });

  it("nothing is fetched behind the page's back, and a page downloads only what it made", async () => {
    const { preferences, defaultSession } = await launched();
    expect(preferences.spellcheck).toBe(false);
    const saves = (url: string) =>
      !prevented((event) => defaultSession.emit("will-download", event, { getURL: () => url }));
    expect(saves("blob:app://riversync/1")).toBe(true);
    expect(saves("blob:https://evil.example/1")).toBe(false);
    expect(saves("https://evil.example/x.exe")).toBe(false);
  });
});
