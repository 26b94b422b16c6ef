import { mayBeAttached } from "#shared/domain/visit/attachment.ts";
import { type Failure, fail } from "#shared/failure.ts";
import type { FileView } from "#shared/ipc/views.ts";
import { err, ok, type Result } from "#shared/result.ts";
import { fakeChange } from "./fake-intents.ts";
import type { FakeState } from "./fake-state.ts";

type Bytes = Pick<Blob, "size" | "type" | "arrayBuffer">;
interface Attaching {
  visitId: string;
  file: Bytes;
  name: string;
  thumb: string | null;
  caption: string | null;
}

/** The attachments of a fake core: what was attached here waits to be sent for ever. */
export const fakeFiles = (state: FakeState) => {
  const kept = new Map<string, Bytes>();
  let made = 0;
  return {
    views: (): FileView[] =>
      [...kept.keys()].map((hash) => ({ hash, state: "waiting", progress: null, failure: null })),
    attach: ({ visitId, file, ...said }: Attaching): Result<{ hash: string }, Failure> => {
      const refused = mayBeAttached(file.type, file.size);
      if (refused !== null) return err(refused);
      made += 1;
      const hash = made.toString(16).padStart(64, "0");
      const payload = { ...said, hash, type: file.type, size: file.size };
      const changed = fakeChange(state, { type: "visit.attach", targetId: visitId, payload }, true);
      if (!changed.ok) return changed;
      kept.set(hash, file);
      state.bell.ring();
      return ok({ hash });
    },
    detach: ({ visitId, hash }: { visitId: string; hash: string }) => {
      const changed = fakeChange(
        state,
        { type: "visit.detach", targetId: visitId, payload: { hash } },
        true,
      );
      if (changed.ok) kept.delete(hash);
      return changed.ok ? ok({}) : changed;
    },
    open: ({ hash }: { hash: string }): Result<{ bytes: Bytes }, Failure> => {
      const bytes = kept.get(hash);
      if (bytes !== undefined) return ok({ bytes });
      return err(fail(state.sync.phase === "offline" ? "server-unreachable" : "file-unknown"));
    },
  };
};
