import { join } from "node:path";
import type { ParentPort } from "electron";
import type { Logger } from "pino";
import { ToCore } from "./core-messages.ts";
import { type CoreService, startCoreService } from "./core-service.ts";
import { openLog } from "./log-file.ts";
import { createMainAsker } from "./main-asker.ts";

/** Runs the core as told over `parent`; `exit` ends this process. */
export const runCoreProcess = (parent: ParentPort, exit: (code: number) => void): void => {
  const asker = createMainAsker((message) => parent.postMessage(message));
  let service: Promise<CoreService> | null = null;
  let log: Logger | null = null;

  const fail = (cause: unknown): void => {
    log?.fatal({ cause: cause instanceof Error ? cause.stack : String(cause) }, "the core failed");
    exit(1);
  };

  parent.on("message", ({ data, ports }) => {
    const parsed = ToCore.safeParse(data);
    if (!parsed.success) {
      log?.warn("a message from the main process was not understood");
      return;
    }
    const message = parsed.data;
    switch (message.type) {
      case "start": {
        const { settings } = message;
        log = openLog(join(settings.dataFolder, "logs"), "core");
        const tell = parent.postMessage.bind(parent);
        service ??= startCoreService({ settings, asker, tell, log });
        service.catch(fail);
        break;
      }
      case "port": {
        const [port] = ports;
        // What a page sends meanwhile waits in the port until it is served.
        if (port !== undefined) void service?.then(({ serve }) => serve(port)).catch(fail);
        break;
      }
      case "sync-now":
        void service?.then(({ syncNow }) => syncNow()).catch(fail);
        break;
      case "answer":
        asker.answered(message.id, message.answer);
        break;
      case "stop":
        void Promise.resolve(service?.then((running) => running.close())).then(() => exit(0), fail);
        break;
    }
  });
};

// Electron's utility process; absent where a test imports this file.
if (process.parentPort) runCoreProcess(process.parentPort, (code) => process.exit(code));
