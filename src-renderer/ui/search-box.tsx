import { CloseButton, TextInput } from "@mantine/core";
import { useDebouncedCallback, useHotkeys } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { KeyHint } from "./key-hint.tsx";
import classes from "./search-box.module.css";

/** A search over a list: "/" leads to it, Escape out of it, and it speaks once typing pauses. */
export const SearchBox = ({
  label,
  placeholder,
  value,
  hotkey = true,
  onChange,
}: {
  label: string;
  placeholder: string;
  value: string;
  /** Whether "/" leads to it: to one on a page. */
  hotkey?: boolean;
  onChange: (value: string) => void;
}) => {
  const { t } = useTranslation("common");
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(value);
  const tell = useDebouncedCallback(onChange, 200);
  useEffect(() => setText(value), [value]);
  useHotkeys(hotkey ? [["Slash", () => input.current?.focus(), { usePhysicalKeys: true }]] : []);
  const type = (next: string) => {
    setText(next);
    tell(next.trim());
  };
  return (
    <TextInput
      ref={input}
      size="xs"
      type="search"
      className={classes.search}
      maxLength={200}
      value={text}
      aria-label={label}
      placeholder={placeholder}
      leftSection={<IconSearch size={15} stroke={1.8} aria-hidden="true" />}
      rightSection={
        text === "" ? (
          hotkey && <KeyHint keys="/" />
        ) : (
          <CloseButton size="xs" aria-label={t("actions.clear")} onClick={() => type("")} />
        )
      }
      onChange={(event) => type(event.currentTarget.value)}
      onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
    />
  );
};
