import { createORPCClient } from "@orpc/client";
import { RPCLink as PortLink } from "@orpc/client/message-port";
import { RPCLink as SocketLink } from "@orpc/client/websocket";
import { useConnection } from "./connection.ts";
import type { CoreClient } from "./core.ts";
import { PathToCore } from "./path-to-core.ts";

declare global {
  interface Window {
    /**
     * What the Electron preload offers. `port()` asks it for a fresh way to the core, which it posts
     * as `window.postMessage({ type: "riversync-core-port" }, origin, [port])`.
     */
    riversync?: { port: () => void };
  }
}

/** The message with which the preload hands over a port. */
const PORT_MESSAGE = "riversync-core-port";

/** Whether the renderer runs under Electron, by its preload. */
export const underElectron = (): boolean => window.riversync !== undefined;

/** Opens a socket to the loopback host and keeps one open from then on. */
const followSocket = (path: PathToCore) => {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  const open = () => {
    const socket = new WebSocket(`${scheme}://${location.host}/core`);
    socket.binaryType = "arraybuffer";
    const link = new SocketLink({ websocket: socket });
    let isOpen = false;
    socket.addEventListener("open", () => {
      isOpen = true;
      path.opened(link);
    });
    socket.addEventListener("close", () => path.closed(isOpen ? link : null));
  };
  path.start(open);
};

/** Takes each port that the preload posts; asks for another when one closes. */
const followPort = (path: PathToCore) => {
  window.addEventListener("message", (event) => {
    const [port] = event.ports;
    const data: unknown = event.data;
    if (event.source !== window || port === undefined) return;
    if (typeof data !== "object" || data === null) return;
    if (!("type" in data) || data.type !== PORT_MESSAGE) return;
    const link = new PortLink({ port });
    port.addEventListener("close", () => path.closed(link));
    port.start();
    path.opened(link);
  });
  path.start(() => window.riversync?.port());
};

/** Connects to the core over whatever this renderer's host has, and stays connected. */
export const connectCore = (): CoreClient => {
  useConnection.setState({ way: "connecting" });
  const path = new PathToCore();
  if (underElectron()) followPort(path);
  else followSocket(path);
  return createORPCClient<CoreClient>({
    call: async (at, input, options) => (await path.link(options.signal)).call(at, input, options),
  });
};
