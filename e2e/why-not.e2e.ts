import { expect, test } from "vitest";
import type { Screen } from "./harness/screen.ts";
import { setStage, withCore } from "./harness/stage.ts";

const stage = setStage();

const english = {
  title: "Workload is not open to you",
  layers: "Layers of access",
  six: [
    "Your organisation",
    "App access",
    "Role in the app",
    "Permissions of your role",
    "Your scope",
    "What the customer shares",
  ],
  answers: ["Allowed", "Refused", "Not asked"],
  why: "The role Sales does not include Workload.",
  offline: "Offline",
};
const thai: typeof english = {
  title: "คุณเข้าถึงงานบริการไม่ได้",
  layers: "ชั้นของสิทธิ์",
  six: ["องค์กรของคุณ", "สิทธิ์ใช้แอป", "บทบาทในแอป", "สิทธิ์ของบทบาท", "ขอบเขตงานของคุณ", "สิ่งที่ลูกค้าเปิดให้"],
  answers: ["ผ่าน", "ปฏิเสธ", "ยังไม่ถาม"],
  why: "Sales",
  offline: "ออฟไลน์",
};

/** The six layers with what each answered, as they are shown. */
const layersShown = async (krit: Screen, words: typeof english): Promise<[string, string][]> => {
  const strip = krit.page.getByRole("list", { name: words.layers });
  await strip.waitFor();
  const rows = await strip.getByRole("listitem").all();
  return Promise.all(
    rows.map(
      async (row): Promise<[string, string]> => [
        (await row.textContent()) ?? "",
        (await row.getByRole("img").getAttribute("aria-label")) ?? "",
      ],
    ),
  );
};

const explains = async (krit: Screen, words: typeof english) => {
  const [passed, refused, unasked] = words.answers;
  await krit.page.getByRole("heading", { name: words.title }).waitFor();
  await krit.page.getByText(words.why).first().waitFor();
  expect(await layersShown(krit, words)).toEqual(
    words.six.map((layer, n) => [layer, n < 3 ? passed : n === 3 ? refused : unasked]),
  );
};

test.each([
  ["in English", "en", english],
  ["in Thai", "th", thai],
] as const)(
  '"Why can\'t I?" shows the six layers and the one that refused, %s, and without the server',
  async (_how, language, words) => {
    const krit = await stage.signedIn("krit@nera.example");
    await krit.says("Up to date");
    await withCore(krit, (core) => core.preferences.save({ language }));
    await krit.go("/partners/workload?item=ticket%3A1");
    await explains(krit, words);
    await stage.world.server.stop();
    await krit.says(words.offline);
    await krit.page.reload();
    await explains(krit, words);
    await stage.world.server.start();
    expect(krit.complaints).toEqual([]);
    await krit.close();
  },
);
