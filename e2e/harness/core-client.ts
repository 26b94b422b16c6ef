import { once } from "node:events";
import { createORPCClient } from "@orpc/client";
import { RPCLink } from "@orpc/client/websocket";
import type { ContractRouterClient } from "@orpc/contract";
import { WebSocket } from "ws";
import type { Contract } from "#shared/ipc/contract.ts";
import type { Client } from "./client.ts";

type Core = ContractRouterClient<Contract>;

/** A client's core, called over its host's own socket as the renderer calls it. */
export interface OpenCore {
  core: Core;
  close(): void;
}

/** Opens the socket with the key that the printed address carries. */
export const openCore = async (
  client: Pick<Client, "port" | "origin" | "cookie">,
): Promise<OpenCore> => {
  const socket = new WebSocket(`ws://127.0.0.1:${client.port}/core`, {
    headers: { origin: client.origin, cookie: client.cookie },
  });
  socket.binaryType = "arraybuffer";
  // A host that is killed takes its sockets with it.
  socket.on("error", () => socket.terminate());
  await once(socket, "open");
  // The types of `ws` and of the DOM differ in what nobody here uses.
  const link = new RPCLink({ websocket: socket as unknown as globalThis.WebSocket });
  return { core: createORPCClient<Core>(link), close: () => socket.terminate() };
};

/** The first value of a live query for which `is` holds. */
export const firstOf = async <T>(
  open: (signal: AbortSignal) => Promise<AsyncIterable<T>>,
  is: (value: T) => boolean = () => true,
): Promise<T> => {
  const leaving = new AbortController();
  try {
    for await (const value of await open(leaving.signal)) if (is(value)) return value;
  } finally {
    leaving.abort();
  }
  throw new Error("the query ended before that was so");
};
