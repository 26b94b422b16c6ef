import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "./client.ts";
import { freePort } from "./ports.ts";
import { Service } from "./service.ts";

interface ServerReady {
  url: string;
  issuer: string;
  password: string;
}

/** A server with its identity provider and the demo world, and the clients against it. */
export class World {
  readonly folder = mkdtempSync(join(tmpdir(), "riversync-server-"));
  readonly server: Service<ServerReady>;
  readonly url: string;
  readonly issuer: string;
  password = "";
  readonly #clients: Client[] = [];

  private constructor(port: number, issuerPort: number) {
    this.url = `http://127.0.0.1:${port}`;
    this.issuer = `http://127.0.0.1:${issuerPort}`;
    this.server = new Service("sync-server/main.ts", [
      ...["--data", this.folder],
      ...["--server-port", String(port), "--issuer-port", String(issuerPort)],
    ]);
  }

  static async start(): Promise<World> {
    const world = new World(await freePort(), await freePort());
    world.password = (await world.server.start()).password;
    return world;
  }

  /** The server's own folder, with its database and the provider's. */
  get serverFolder(): string {
    return join(this.folder, "server");
  }

  /** A further client; `through` is another way to the server than its own address. */
  async client(through = this.url): Promise<Client> {
    const client = await Client.start(through, this.issuer);
    this.#clients.push(client);
    return client;
  }

  async remove(): Promise<void> {
    for (const client of this.#clients) await client.remove();
    await this.server.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
