import { useMemo } from "react";
import { type Failure, fail } from "#shared/failure.ts";
import type { FileView } from "#shared/ipc/views.ts";
import { err, ok, type Result } from "#shared/result.ts";
import { useCore } from "./core.ts";
import { useLive } from "./use-live.ts";

/** How each attachment that is on this device stands, by its hash; what is absent is not here. */
export const useFileViews = (): ReadonlyMap<string, FileView> => {
  const live = useLive((core, signal) => core.files.watch(undefined, { signal }), []);
  const views = live.state === "live" ? live.value : null;
  return useMemo(() => new Map(views?.map((view) => [view.hash, view])), [views]);
};

/** What is said with a file that is attached. */
interface Attached {
  file: File;
  thumb: string | null;
  caption: string | null;
}

/** What can be done with attachments (S13); refusals are values. */
interface FileActs {
  /** Null once the file is kept on this device, whatever the network does. */
  attach: (visitId: string, attached: Attached) => Promise<Failure | null>;
  detach: (visitId: string, hash: string) => Promise<Failure | null>;
  /** The bytes, fetched where they are not here yet. */
  open: (hash: string, type: string) => Promise<Result<Blob, Failure>>;
}

const lost = () => err(fail("core-unreachable"));

/** Attaches, takes away and opens files, through the core. */
export const useFileActs = (): FileActs => {
  const core = useCore();
  return useMemo(
    () => ({
      attach: async (visitId, { file, thumb, caption }) => {
        const name = file.name.trim().slice(-160) || "photo";
        const done = await core.files.attach({ visitId, file, name, thumb, caption }).catch(lost);
        return done.ok ? null : done.error;
      },
      detach: async (visitId, hash) => {
        const done = await core.files.detach({ visitId, hash }).catch(lost);
        return done.ok ? null : done.error;
      },
      open: async (hash, type) => {
        const opened = await core.files.open({ hash }).catch(lost);
        if (!opened.ok) return opened;
        return ok(new Blob([await opened.value.bytes.arrayBuffer()], { type }));
      },
    }),
    [core],
  );
};
