import { readFileSync, writeFileSync } from "node:fs";

/** What a process has taken: the most memory it held at once, and the time of its processors. */
export interface Usage {
  peakMb: number;
  cpuSeconds: number;
}

let cpuBefore = process.cpuUsage();

/** What this process has taken since it began, or since {@link startOver}. */
export const usage = (): Usage => {
  const { user, system } = process.cpuUsage(cpuBefore);
  return { peakMb: peakMb(), cpuSeconds: (user + system) / 1e6 };
};

/** Measures anew from here on; the peak only where the system can forget one (Linux). */
export const startOver = (): void => {
  cpuBefore = process.cpuUsage();
  try {
    writeFileSync("/proc/self/clear_refs", "5");
  } catch {
    // The peak then stays that of the whole life.
  }
};

const peakMb = (): number => {
  try {
    const [, kb] = /VmHWM:\s+(\d+)/.exec(readFileSync("/proc/self/status", "utf8")) ?? [];
    if (kb !== undefined) return Math.round(Number(kb) / 1024);
  } catch {
    // No Linux: what the system says of the whole life.
  }
  return Math.round(process.resourceUsage().maxRSS / 1024);
};
