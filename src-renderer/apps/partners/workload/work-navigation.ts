import { createContext, useContext } from "react";
import type { ItemRef } from "./work-search.ts";

/** How the parts of the workload move about in it. */
export interface WorkNavigation {
  /** Opens a piece of work in the detail pane. */
  open: (item: ItemRef) => void;
  /** Gives the list back. */
  close: () => void;
}

const Navigation = createContext<WorkNavigation>({ open: () => undefined, close: () => undefined });

/** Hands the navigation to everything below. */
export const WorkNavigationProvider = Navigation.Provider;

/** The navigation of the workload around this part. */
export const useWorkNavigation = (): WorkNavigation => useContext(Navigation);
