import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { DeskItem } from "#shared/ipc/views.ts";
import type { Names } from "../../../ui/desk/value.tsx";
import { DeskChange } from "../desk-change.tsx";
import classes from "./desk.module.css";
import { mendableOf } from "./mendable.ts";
import { placeOf } from "./place.ts";

/** One change of the desk's list, with everything that can be done with it. */
export const DeskEntry = ({
  item,
  names,
  current,
  onFocus,
  onFix,
}: {
  item: DeskItem;
  names: Names;
  /** Whether the keys stand on it. */
  current: boolean;
  onFocus: () => void;
  onFix: () => void;
}) => {
  const { t } = useTranslation("desk");
  const place = placeOf(item);
  const mends = item.failure !== null && mendableOf(item.intent.payload).length > 0;
  return (
    <li
      className={classes.item}
      data-change={item.id}
      data-current={current || undefined}
      tabIndex={-1}
      onFocus={onFocus}
    >
      <DeskChange
        item={item}
        names={names}
        first={mends ? <Button onClick={onFix}>{t("fix")}</Button> : undefined}
        last={
          place !== null && (
            <Link {...place} className={classes.open}>
              {t("open")}
            </Link>
          )
        }
      />
    </li>
  );
};
