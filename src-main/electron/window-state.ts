import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Rectangle } from "electron";
import { z } from "zod";

/** Smaller than this the list and the detail no longer stand side by side. */
export const SMALLEST = { width: 900, height: 600 };

const Kept = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().min(SMALLEST.width),
  height: z.int().min(SMALLEST.height),
  maximized: z.boolean(),
});

/** Where the window stood when it was last closed. */
export type WindowState = z.infer<typeof Kept>;

/** The state kept in `file`, if any of it would still be seen on one of the `screens`. */
export const readWindowState = (file: string, screens: Rectangle[]): WindowState | null => {
  try {
    const { success, data } = Kept.safeParse(JSON.parse(readFileSync(file, "utf8")));
    if (!success) return null;
    const visible = screens.some(
      (screen) =>
        data.x < screen.x + screen.width - 100 &&
        data.x + data.width > screen.x + 100 &&
        data.y >= screen.y - 10 &&
        data.y < screen.y + screen.height - 100,
    );
    return visible ? data : null;
  } catch {
    return null;
  }
};

/** Keeps `state` in `file`; where that fails, the window opens in the middle next time. */
export const writeWindowState = (file: string, state: WindowState): void => {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(state));
  } catch {
    // Nothing that a person would need to know.
  }
};
