import { ActionIcon, Button, Popover, TextInput } from "@mantine/core";
import { IconBookmark, IconCheck, IconPencil, IconTrash } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { SavedView, WorkFilter } from "#shared/ipc/views.ts";
import { usePreferences } from "../../../../data/preferences.ts";
import { sameFilter } from "../work-search.ts";
import classes from "./saved-views.module.css";

const most = 50;

/** Named filters of one's own: choose one, keep the present one, rename, delete. */
export const SavedViews = ({
  filter,
  onChoose,
}: {
  filter: WorkFilter;
  onChoose: (filter: WorkFilter) => void;
}) => {
  const { t } = useTranslation("work");
  const { preferences, save } = usePreferences();
  const [opened, setOpened] = useState(false);
  const [renaming, setRenaming] = useState<string | null>(null);
  const views = preferences.savedViews;
  const current = views.find((view) => sameFilter(view.filter, filter));
  const keep = (savedViews: SavedView[]) => void save({ savedViews });

  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      width={320}
      position="bottom-end"
      shadow="md"
      trapFocus
    >
      <Popover.Target>
        <Button
          size="compact-sm"
          variant={current ? "light" : "default"}
          leftSection={<IconBookmark size={15} stroke={1.8} aria-hidden="true" />}
          className={classes.button}
          onClick={() => setOpened((was) => !was)}
        >
          {current?.name ?? t("views.button")}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p="xs" aria-label={t("views.title")}>
        {views.length === 0 && <p className={classes.none}>{t("views.none")}</p>}
        <ul className={classes.views}>
          {views.map((view) => (
            <li key={view.id} className={classes.view}>
              {renaming === view.id ? (
                <NameForm
                  initial={view.name}
                  submit={t("views.rename", { name: view.name })}
                  onName={(name) => {
                    keep(views.map((v) => (v.id === view.id ? { ...v, name } : v)));
                    setRenaming(null);
                  }}
                />
              ) : (
                <>
                  <button
                    type="button"
                    className={classes.choose}
                    aria-current={view.id === current?.id}
                    onClick={() => {
                      onChoose(view.filter);
                      setOpened(false);
                    }}
                  >
                    {view.name}
                  </button>
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={t("views.rename", { name: view.name })}
                    onClick={() => setRenaming(view.id)}
                  >
                    <IconPencil size={15} stroke={1.7} aria-hidden="true" />
                  </ActionIcon>
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={t("views.remove", { name: view.name })}
                    onClick={() => keep(views.filter((v) => v.id !== view.id))}
                  >
                    <IconTrash size={15} stroke={1.7} aria-hidden="true" />
                  </ActionIcon>
                </>
              )}
            </li>
          ))}
        </ul>
        {current === undefined &&
          (views.length >= most ? (
            <p className={classes.none}>{t("views.full")}</p>
          ) : (
            <NameForm
              initial=""
              submit={t("views.save")}
              onName={(name) => keep([...views, { id: crypto.randomUUID(), name, filter }])}
            />
          ))}
      </Popover.Dropdown>
    </Popover>
  );
};

/** Asks for a view's name. */
const NameForm = ({
  initial,
  submit,
  onName,
}: {
  initial: string;
  submit: string;
  onName: (name: string) => void;
}) => {
  const { t } = useTranslation("work");
  const [name, setName] = useState(initial);
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === "") return;
    onName(name.trim());
    setName("");
  };
  return (
    <form className={classes.form} onSubmit={send}>
      <TextInput
        size="xs"
        maxLength={60}
        value={name}
        data-autofocus
        aria-label={t("views.name")}
        placeholder={t("views.name")}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {initial === "" ? (
        <Button size="xs" type="submit" disabled={name.trim() === ""}>
          {submit}
        </Button>
      ) : (
        <ActionIcon type="submit" variant="light" size={30} aria-label={submit}>
          <IconCheck size={15} aria-hidden="true" />
        </ActionIcon>
      )}
    </form>
  );
};
