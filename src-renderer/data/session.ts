import { createContext, createElement, type ReactNode, useContext } from "react";
import type { Viewer } from "#shared/access/viewer.ts";
import type { SessionState } from "#shared/ipc/views.ts";
import { sharedLive } from "./shared-live.ts";

const shared = sharedLive<SessionState>((core, signal) =>
  core.session.watch(undefined, { signal }),
);

/** Opens the session for everything below it. */
export const SessionProvider = shared.Provider;

/** Where sign-in stands. */
export const useSession = shared.use;

const ViewerContext = createContext<Viewer | null>(null);

/** Says who is signed in; the shell sets it around everything that needs a viewer. */
export const ViewerProvider = ({ viewer, children }: { viewer: Viewer; children: ReactNode }) =>
  createElement(ViewerContext.Provider, { value: viewer }, children);

/** Who is signed in. Only below the signed-in frame. */
export const useViewer = (): Viewer => {
  const viewer = useContext(ViewerContext);
  if (viewer === null) throw new Error("useViewer where nobody is signed in");
  return viewer;
};
