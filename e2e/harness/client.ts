import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "./ports.ts";
import { Service } from "./service.ts";

/** The client on one device: the browser host with its core, and its own data folder. */
export class Client {
  readonly folder = mkdtempSync(join(tmpdir(), "riversync-device-"));
  readonly port: number;
  readonly service: Service<{ url: string }>;
  #url = "";

  private constructor(port: number, server: string, issuer: string) {
    this.port = port;
    this.service = new Service("src-main/browser/main.ts", [
      ...["--data", this.folder, "--port", String(port)],
      ...["--server", server, "--issuer", issuer],
    ]);
  }

  static async start(server: string, issuer: string): Promise<Client> {
    const client = new Client(await freePort(), server, issuer);
    await client.start();
    return client;
  }

  async start(): Promise<void> {
    this.#url = (await this.service.start()).url;
  }

  /** The address that lets a browser in. */
  get url(): string {
    return this.#url;
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get key(): string {
    return new URL(this.#url).searchParams.get("key") ?? "";
  }

  /** The cookie a browser holds once it has been let in. */
  get cookie(): string {
    return `riversync_${this.port}=${this.key}`;
  }

  /** Where the core keeps its files. */
  get dataFolder(): string {
    return join(this.folder, "client");
  }

  async remove(): Promise<void> {
    await this.service.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
