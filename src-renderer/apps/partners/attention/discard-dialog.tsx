import { useState } from "react";
import type { Failure } from "#shared/failure.ts";
import type { DeskItem } from "#shared/ipc/views.ts";
import { useDeskItem } from "../../../data/use-desk-item.ts";
import { DiscardConfirm } from "../../../ui/discard-confirm.tsx";
import { useIntentWords } from "./words.ts";

/** Discards a refused change, once someone has said yes to that. */
export const DiscardDialog = ({ item, onClose }: { item: DeskItem; onClose: () => void }) => {
  const say = useIntentWords();
  const { discard, busy } = useDeskItem(item.id);
  const [failure, setFailure] = useState<Failure | null>(null);
  return (
    <DiscardConfirm
      what={[say(item.intent.type), item.subject].filter(Boolean).join(" · ")}
      failure={failure}
      busy={busy !== null}
      onGo={() => void discard().then((why) => (why === null ? onClose() : setFailure(why)))}
      onClose={onClose}
    />
  );
};
