import { create } from "zustand";

/** How the way to the core stands. "lost" is being mended; "stopped" has been lost for long. */
type Way = "connecting" | "open" | "lost" | "stopped";

interface Connection {
  way: Way;
  /** Tries again now instead of at the next turn; set by the transport. */
  retry: () => void;
}

/** The way to the core, for the states that cover the whole window. */
export const useConnection = create<Connection>(() => ({ way: "open", retry: () => undefined }));

/** Resolves once the way is open, or `signal` says that nobody waits any more. */
export const onceConnected = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted || useConnection.getState().way === "open") {
      resolve();
      return;
    }
    const done = useConnection.subscribe(({ way }) => {
      if (way !== "open") return;
      done();
      resolve();
    });
    signal.addEventListener("abort", () => {
      done();
      resolve();
    });
  });
