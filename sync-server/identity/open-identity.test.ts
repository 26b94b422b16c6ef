import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { expect, onTestFinished, test, vi } from "vitest";
import { temporaryStore } from "../testing/temporary-store.ts";
import { issuerFrom } from "./issuer-options.ts";
import { type IdentityOptions, openIdentity } from "./open-identity.ts";

const open = async (issuer: IdentityOptions["issuer"]) => {
  const { store, remove } = await temporaryStore();
  const dataFolder = mkdtempSync(join(tmpdir(), "identity-"));
  const identity = await openIdentity({
    store,
    issuer,
    embedded: { dataFolder, port: 0, demo: { ids: [], accounts: [], password: "" } },
    publicUrl: "https://sync.example",
    log: pino({ level: "silent" }),
  });
  onTestFinished(async () => {
    if (identity.ok) await identity.value.close();
    await remove();
    rmSync(dataFolder, { recursive: true });
  });
  return identity;
};

test("[AUTH-1] in production the embedded provider says what to configure instead", async () => {
  vi.stubEnv("NODE_ENV", "production");
  onTestFinished(() => void vi.unstubAllEnvs());
  expect(await open(null)).toEqual({
    ok: false,
    error: expect.stringMatching(/RIVERSYNC_ISSUER.*RIVERSYNC_AUDIENCE.*RIVERSYNC_CLIENT_ID/),
  });
});

test("[AUTH-1] [ID-1] an issuer of one's own takes its place, in production too", async () => {
  vi.stubEnv("NODE_ENV", "production");
  onTestFinished(() => void vi.unstubAllEnvs());
  const set = issuerFrom({
    RIVERSYNC_ISSUER: "https://id.example",
    RIVERSYNC_AUDIENCE: "https://sync.example",
    RIVERSYNC_CLIENT_ID: "desktop",
  });
  const identity = await open(set.ok ? set.value : null);
  expect(identity).toMatchObject({
    ok: true,
    value: { services: { signInWith: { issuer: "https://id.example", clientId: "desktop" } } },
  });
  // Its grants are its own to end.
  expect(identity.ok && identity.value.services.endSignIns).toBeUndefined();
});
