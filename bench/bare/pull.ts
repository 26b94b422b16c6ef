import { PROTOCOL } from "#shared/sync/protocol.ts";
import { type Checkpoint, type PullResponse, routes } from "#shared/sync/wire.ts";

/** Asks a server of ours, believing whatever it answers. */
export const post = async <T>(url: string, who: string, path: string, body: object): Promise<T> => {
  const response = await fetch(new URL(path, url), {
    method: "POST",
    headers: { authorization: `Bearer ${who}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return (await response.json()) as T;
};

/** The pages of a feed from its start, one after the other. */
export async function* pages(
  url: string,
  who: string,
  limit: number,
): AsyncGenerator<PullResponse["records"]> {
  let after: Checkpoint | null = null;
  for (;;) {
    const page: PullResponse = await post(url, who, routes.pull, {
      protocol: PROTOCOL,
      after,
      limit,
    });
    if (page.records.length > 0) yield page.records;
    if (!page.more) return;
    after = page.checkpoint;
  }
}
