import { RPCHandler } from "@orpc/server/message-port";
import type { MessagePortMain } from "electron";
import type { Logger } from "pino";
import { Core } from "#core/core.ts";
import { PreferenceStore } from "#core/preferences.ts";
import { createRouter } from "#core/router.ts";
import type { CoreSettings, FromCore } from "./core-messages.ts";
import type { MainAsker } from "./main-asker.ts";
import { askedCipher, openVault } from "./vaults.ts";

/** What the core needs of the process it runs in. */
export interface ServiceOptions {
  settings: CoreSettings;
  asker: Pick<MainAsker, "ask">;
  tell: (message: FromCore) => void;
  log: Logger;
}

/** A running core and the pages it serves. */
export interface CoreService {
  serve(port: MessagePortMain): void;
  syncNow(): void;
  close(): Promise<void>;
}

/** Starts the core with what Electron offers it. */
export const startCoreService = async (options: ServiceOptions): Promise<CoreService> => {
  const { settings, asker, tell, log } = options;
  const { dataFolder, serverUrl, version, secretStore, issuer, clientId } = settings;
  const cipher = askedCipher(asker);
  const core = await Core.start({
    info: { host: "electron", version, serverUrl, dataFolder, secretStore },
    issuer,
    clientId,
    tokenVault: await openVault("session", settings, cipher, log),
    keyVault: await openVault("keys", settings, cipher, log),
    openUrl: async (url) => {
      await asker.ask({ kind: "open-url", url });
    },
    log,
  });
  const preferences = new PreferenceStore(dataFolder);
  const languages = preferences.value$.subscribe(({ language }) =>
    tell({ type: "language", language }),
  );
  const handler = new RPCHandler(createRouter(core, preferences));
  // Held here: a port that nothing refers to is closed when its memory is freed.
  const ports = new Set<MessagePortMain>();

  return {
    serve: (port) => {
      ports.add(port);
      port.on("close", () => ports.delete(port));
      handler.upgrade(port);
      port.start();
    },
    syncNow: () => core.account$.value?.syncNow(),
    close: async () => {
      languages.unsubscribe();
      for (const port of ports) port.close();
      await core.close();
    },
  };
};
