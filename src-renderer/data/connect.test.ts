import { RPCHandler } from "@orpc/server/message-port";
import { afterEach, expect, it } from "vitest";
import { fakeCore } from "../testing/fake-core.ts";
import { connectCore } from "./connect.ts";
import { useConnection } from "./connection.ts";

afterEach(() => {
  delete window.riversync;
});

it("takes the port that the preload posts, and speaks the contract over it", async () => {
  const { router } = fakeCore();
  let asked = 0;
  window.riversync = {
    port: () => {
      asked += 1;
      const { port1, port2 } = new MessageChannel();
      new RPCHandler(router).upgrade(port1);
      port1.start();
      const data = { type: "riversync-core-port" };
      window.dispatchEvent(
        new MessageEvent("message", { data, source: window, ports: [port2] } as MessageEventInit),
      );
    },
  };
  const core = connectCore();
  const info = await core.host.info();
  expect(info.ok && info.value.host).toBe("browser");
  const leaving = new AbortController();
  for await (const status of await core.sync.watch(undefined, { signal: leaving.signal })) {
    expect(status.attention).toBe(5);
    break;
  }
  leaving.abort();
  expect(asked).toBe(1);
  expect(useConnection.getState().way).toBe("open");
});
