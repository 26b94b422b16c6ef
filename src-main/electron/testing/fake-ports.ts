import { EventEmitter } from "node:events";
import { type MessagePort, MessageChannel as NodeChannel } from "node:worker_threads";
import type { MessageChannelMain, MessagePortMain, ParentPort, UtilityProcess } from "electron";

/** Electron's port of the main process, over one of Node's: messages truly cross. */
export class FakePort
  extends EventEmitter
  implements Pick<MessagePortMain, "postMessage" | "start" | "close">
{
  readonly #inner: MessagePort;

  constructor(inner: MessagePort) {
    super();
    this.#inner = inner;
    inner.on("close", () => this.emit("close"));
  }

  postMessage(message: unknown): void {
    this.#inner.postMessage(message);
  }

  start(): void {
    this.#inner.on("message", (data: unknown) => this.emit("message", { data, ports: [] }));
  }

  close(): void {
    this.#inner.close();
  }
}

/** Two ports that lead to each other. */
export class FakeChannel
  implements Record<keyof Pick<MessageChannelMain, "port1" | "port2">, object>
{
  readonly port1: FakePort;
  readonly port2: FakePort;

  constructor() {
    const { port1, port2 } = new NodeChannel();
    this.port1 = new FakePort(port1);
    this.port2 = new FakePort(port2);
  }
}

/** The core process's end of the line to the main process. */
class FakeParentPort extends EventEmitter implements Pick<ParentPort, "postMessage"> {
  readonly sent: unknown[] = [];

  postMessage(message: unknown): void {
    const copy: unknown = structuredClone(message);
    this.sent.push(copy);
    this.emit("sent", copy);
  }

  /** Something arrives from the main process. */
  receive(data: unknown, ports: FakePort[] = []): void {
    this.emit("message", { data: structuredClone(data), ports });
  }

  /** As the program takes it. */
  get port(): ParentPort {
    return this as unknown as ParentPort;
  }
}

/** What a forked process does: it is given its end of the line and a way to end. */
export type Program = (parent: FakeParentPort, exit: (code: number) => void) => void;

/** A forked process, as the main process sees it; `program` runs in it, if any. */
export class FakeChild
  extends EventEmitter
  implements Pick<UtilityProcess, "postMessage" | "kill">
{
  readonly received: { data: unknown; ports: FakePort[] }[] = [];
  readonly parent = new FakeParentPort();
  killed = false;
  alive = true;

  constructor(program?: Program) {
    super();
    this.parent.on("sent", (message) => this.emit("message", message));
    program?.(this.parent, (code) => this.exit(code));
  }

  postMessage(message: unknown, ports: FakePort[] = []): void {
    if (!this.alive) return;
    this.received.push({ data: structuredClone(message), ports });
    this.parent.receive(message, ports);
  }

  kill(): boolean {
    this.killed = true;
    this.exit(143);
    return true;
  }

  /** The process ends. */
  exit(code: number): void {
    if (!this.alive) return;
    this.alive = false;
    this.emit("exit", code);
  }

  /** The types of the messages it was sent. */
  get types(): unknown[] {
    return this.received.map(({ data }) => (data as { type: unknown }).type);
  }
}
