import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../harness/ports.ts";
import { Device } from "./device.ts";
import { type FaultyTime, Mortal } from "./mortal.ts";

/** The real server, a process with its files, and the devices against it. */
export class Stand {
  readonly folder = mkdtempSync(join(tmpdir(), "riversync-faults-"));
  readonly server: Mortal<{ password: string }>;
  readonly url: string;
  /** Where the server keeps its files. */
  readonly serverFolder: string;
  readonly #issuer: string;
  readonly #time: FaultyTime | undefined;
  readonly #devices: Device[] = [];
  #password = "";

  private constructor(ports: [number, number], folder: string | null, time?: FaultyTime) {
    const data = folder ?? join(this.folder, "world");
    const [port, issuerPort] = ports;
    this.#time = time;
    this.url = `http://127.0.0.1:${port}`;
    this.#issuer = `http://127.0.0.1:${issuerPort}`;
    this.serverFolder = join(data, "server");
    this.server = new Mortal(
      "sync-server/main.ts",
      ["--data", data, "--server-port", String(port), "--issuer-port", String(issuerPort)],
      time ?? null,
    );
  }

  /** Starts a server, in `folder` where one is given; `time` is how time goes in all its processes. */
  static async set({ folder, time }: { folder?: string; time?: FaultyTime } = {}): Promise<Stand> {
    const stand = new Stand([await freePort(), await freePort()], folder ?? null, time);
    stand.#password = (await stand.server.start()).password;
    return stand;
  }

  /** A device of someone's, up to date. `through` is another way to the server than its own address. */
  async device(
    login = "nok@nera.example",
    { through, folder }: { through?: string; folder?: string } = {},
  ): Promise<Device> {
    const device = new Device({
      port: await freePort(),
      folder: folder ?? mkdtempSync(join(this.folder, "device-")),
      server: through ?? this.url,
      issuer: this.#issuer,
      time: this.#time,
    });
    this.#devices.push(device);
    await device.start();
    await device.signIn(login, this.#password);
    await device.upToDate();
    return device;
  }

  /** Ends the devices, whose files stay until the end. */
  async removeDevices(): Promise<void> {
    await Promise.all(this.#devices.splice(0).map(({ core }) => core.kill()));
  }

  /** Ends everything and takes its files away. */
  async remove(): Promise<void> {
    await this.removeDevices();
    await this.server.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
