import type { ContractRouterClient } from "@orpc/contract";
import { createContext, createElement, type ReactNode, useContext } from "react";
import type { Contract } from "#shared/ipc/contract.ts";

/** The core as the renderer knows it: the contract, called. */
export type CoreClient = ContractRouterClient<Contract>;

const CoreContext = createContext<CoreClient | null>(null);

/** Hands `core` to everything below it. */
export const CoreProvider = ({ core, children }: { core: CoreClient; children: ReactNode }) =>
  createElement(CoreContext.Provider, { value: core }, children);

/** The core. Only `data/` and features ask it; parts in `ui/` are given what they show. */
export const useCore = (): CoreClient => {
  const core = useContext(CoreContext);
  if (core === null) throw new Error("useCore outside CoreProvider");
  return core;
};
