import { Button } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Failure } from "#shared/failure.ts";
import type { DeskItem } from "#shared/ipc/views.ts";
import { useDeskItem } from "../../data/use-desk-item.ts";
import { notifyFailure } from "../../data/use-intent.ts";
import { useActWords } from "../../ui/act-words.ts";
import { Change } from "../../ui/desk/change.tsx";
import { DiscardDialog } from "../../ui/desk/discard-dialog.tsx";
import type { Names } from "../../ui/desk/value.tsx";

/**
 * A change that needs a person, with what can be done with it wherever it is shown: a refused one
 * sent again as it was or discarded, one that replaced another's value kept.
 */
export const DeskChange = ({
  item,
  names,
  short = false,
  first,
  last,
}: {
  item: DeskItem;
  names: Names;
  short?: boolean;
  /** Further actions, before and after those. */
  first?: ReactNode;
  last?: ReactNode;
}) => {
  const { t } = useTranslation("desk");
  const say = useActWords("meant");
  const { resend, discard, keep, busy } = useDeskItem(item.id);
  const [asking, setAsking] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const look = {
    ...(short ? { size: "compact-sm" } : {}),
    ...(short || first !== undefined ? { variant: "default" } : {}),
  };
  return (
    <Change item={item} names={names} short={short}>
      {first}
      {item.failure === null ? (
        <Button
          {...look}
          loading={busy === "keep"}
          onClick={() => void keep().then((why) => why && notifyFailure(why))}
        >
          {t("keep")}
        </Button>
      ) : (
        <>
          <Button
            {...look}
            loading={busy === "resend"}
            onClick={() => void resend().then((why) => why && notifyFailure(why))}
          >
            {t("resend")}
          </Button>
          <Button {...look} variant="subtle" color="red" onClick={() => setAsking(true)}>
            {t("discard")}
          </Button>
        </>
      )}
      {last}
      {asking && (
        <DiscardDialog
          what={[say(item.intent.type), item.subject].filter(Boolean).join(" · ")}
          failure={failure}
          busy={busy !== null}
          onGo={(reason) =>
            void discard(reason).then((why) => (why === null ? setAsking(false) : setFailure(why)))
          }
          onClose={() => setAsking(false)}
        />
      )}
    </Change>
  );
};
