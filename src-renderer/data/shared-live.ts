import { type Context, createContext, createElement, type ReactNode, useContext } from "react";
import type { CoreClient } from "./core.ts";
import { type Live, useLive } from "./use-live.ts";

/** One subscription for the whole window: its provider, and the hook that reads it. */
export interface SharedLive<T> {
  Provider: (props: { children: ReactNode }) => ReactNode;
  use: () => Live<T>;
}

/** Makes a live query that is opened once and read in many places. */
export const sharedLive = <T>(
  open: (core: CoreClient, signal: AbortSignal) => Promise<AsyncIterable<T>>,
): SharedLive<T> => {
  const context: Context<Live<T>> = createContext<Live<T>>({ state: "loading" });
  return {
    Provider: ({ children }) =>
      createElement(context.Provider, { value: useLive(open, []) }, children),
    use: () => useContext(context),
  };
};
