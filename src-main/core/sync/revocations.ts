import type { Failure } from "#shared/failure.ts";
import { err, ok, type Result } from "#shared/result.ts";
import type { Settings } from "../settings.ts";
import type { ServerClient } from "./server-client.ts";

/** Reads the channel of revocations (S9). Its place in it is kept only after what it told is done. */
export class Revocations {
  readonly #server: ServerClient;
  readonly #settings: Settings;

  constructor(server: ServerClient, settings: Settings) {
    this.#server = server;
    this.#settings = settings;
  }

  /**
   * Asks what has left the lens since last time and hands it to `erase`, page by page. Answers true
   * where all that is held here has to go. Before a first sync it only learns where the channel stands.
   */
  async apply(
    erase: (gone: ReadonlyMap<string, number>) => Promise<void>,
  ): Promise<Result<{ reset: boolean; serverTime: string }, Failure>> {
    for (;;) {
      const answer = await this.#server.revocations(await this.#settings.get("revoked"));
      if (!answer.ok) return err(answer.error);
      const { reset, gone, checkpoint, more, serverTime } = answer.value;
      if (reset) return ok({ reset, serverTime });
      if (gone.length > 0) await erase(new Map(gone.map(({ id, rev }) => [id, rev])));
      await this.#settings.set("revoked", checkpoint);
      if (!more) return ok({ reset: false, serverTime });
    }
  }

  /** Starts over, for another lens. */
  async forget(): Promise<void> {
    await this.#settings.forget("revoked");
  }
}
