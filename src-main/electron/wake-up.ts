import type { Net, PowerMonitor } from "electron";

/** Nothing tells that the network is back; asking costs nothing. */
const LOOK_EVERY = 5_000;

/** What tells that the device is in use again. */
export interface WakeUpOptions {
  powerMonitor: Pick<PowerMonitor, "on">;
  net: Pick<Net, "isOnline">;
  wake: () => void;
}

/** Calls `wake` when the device comes back: from sleep, from its lock, or into a network. */
export const watchWakeUp = ({ powerMonitor, net, wake }: WakeUpOptions): { stop(): void } => {
  powerMonitor.on("resume", wake);
  powerMonitor.on("unlock-screen", wake);
  let online = net.isOnline();
  const timer = setInterval(() => {
    const before = online;
    online = net.isOnline();
    if (online && !before) wake();
  }, LOOK_EVERY);
  timer.unref();
  return { stop: () => clearInterval(timer) };
};
