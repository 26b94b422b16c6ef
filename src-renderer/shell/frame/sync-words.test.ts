import { describe, expect, it } from "vitest";
import { noSync, type SyncStatus } from "#shared/ipc/views.ts";
import { startI18n } from "../i18n.ts";
import { syncTone, syncWords } from "./sync-words.ts";

const status = (change: Partial<SyncStatus>): SyncStatus => ({
  ...noSync,
  phase: "up-to-date",
  ...change,
});

const i18n = startI18n("en");

describe("the one quiet place", () => {
  it.each<[Partial<SyncStatus>, string, string]>([
    [{}, "Up to date", "เป็นปัจจุบัน"],
    [{ phase: "offline", waiting: 3 }, "Offline · 3 changes waiting", "ออฟไลน์ · รอส่ง 3 รายการ"],
    [{ phase: "offline", waiting: 1 }, "Offline · 1 change waiting", "ออฟไลน์ · รอส่ง 1 รายการ"],
    [{ attention: 1 }, "1 needs attention", "ต้องจัดการ 1 รายการ"],
    [
      { phase: "offline", attention: 2 },
      "Offline · 2 need attention",
      "ออฟไลน์ · ต้องจัดการ 2 รายการ",
    ],
    [
      { phase: "first-sync", received: 12_400 },
      "First sync · 12,400 records",
      "ซิงค์ครั้งแรก · 12,400 รายการ",
    ],
    [{ phase: "syncing", waiting: 2 }, "Sending 2 changes", "กำลังส่ง 2 รายการ"],
    [{ phase: "stopped" }, "Sync stopped", "หยุดซิงค์"],
  ])("%o", (change, english, thai) => {
    expect(syncWords(status(change), i18n.getFixedT("en", "shell"), "en")).toBe(english);
    expect(syncWords(status(change), i18n.getFixedT("th", "shell"), "th")).toBe(thai);
  });

  it("is loud only where someone must act", () => {
    expect(syncTone(status({}))).toBe("calm");
    expect(syncTone(status({ phase: "offline", waiting: 3 }))).toBe("away");
    expect(syncTone(status({ phase: "offline", attention: 1 }))).toBe("alert");
  });
});
