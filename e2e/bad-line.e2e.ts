import { afterAll, expect, test } from "vitest";
import { wholeAudit } from "./harness/audit.ts";
import { Line } from "./harness/line.ts";
import type { Screen } from "./harness/screen.ts";
import { setStage, withCore } from "./harness/stage.ts";
import { firstWork } from "./harness/work.ts";

const stage = setStage();
let line: Line;
let nok: Screen;
let ticketId: string;
afterAll(() => line?.close());

const note = (text: string) =>
  withCore(nok, async (core) => {
    const made = await core.intents.make({
      type: "ticket.note",
      targetId: ticketId,
      payload: { text },
    });
    if (!made.ok) throw new Error(made.error.code);
  });

test("[S7] a first sync over a slow line that is cut in its middle comes to its end", async () => {
  line = await Line.to(stage.world.url);
  line.latency = 60;
  line.cutNext = "/sync/pull";
  nok = await stage.signedIn("nok@nera.example", {}, line.url);
  await nok.says("Up to date");
  expect(line.cuts).toBe(1);
  const straight = await stage.signedIn("nok@nera.example");
  await straight.says("Up to date");
  const counts = (screen: Screen) =>
    withCore(screen, async (core) => {
      for await (const { open, activeAlarms } of await core.work.overview()) {
        return [open, activeAlarms];
      }
      return null;
    });
  expect(await counts(nok)).toEqual(await counts(straight));
  ({ id: ticketId } = await withCore(nok, (core) => firstWork(core, { kinds: ["ticket"] })));
});

const waiting = () =>
  withCore(nok, async (core) => {
    for await (const status of await core.sync.watch()) return status.waiting;
    return null;
  });

test("[S3] an answer to a push that is cut off is asked for again, and the change made once", async () => {
  line.cutNext = "/sync/push";
  await note("said once");
  await expect.poll(() => line.cuts).toBe(2);
  // The words on the screen settle late: what waits is asked of the core, which knows it at once.
  await expect.poll(waiting).toBe(0);
  await nok.says(/^Up to date$/);
  const lines = [...(await wholeAudit(stage.world)).values()].flat();
  expect(lines.map(({ entry }) => entry.intent.payload)).toEqual([{ text: "said once" }]);
});

test("[S2] a dead line is said, work goes on, and all is sent when it lives again", async () => {
  line.dead = true;
  line.drop();
  await nok.says("Offline");
  await note("in the tunnel");
  await nok.says("Offline · 1 change waiting");
  line.dead = false;
  await nok.says(/^Up to date$/);
  const lines = [...(await wholeAudit(stage.world)).values()].flat();
  expect(lines.map(({ entry }) => entry.intent.payload)).toEqual([
    { text: "said once" },
    { text: "in the tunnel" },
  ]);
  expect(nok.complaints).toEqual([]);
});
