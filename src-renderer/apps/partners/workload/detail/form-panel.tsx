import { Button, Group } from "@mantine/core";
import { type FormEvent, type ReactNode, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Failure } from "#shared/failure.ts";
import { FailureNotice } from "../../../../ui/failure-notice.tsx";
import { KeyHint } from "../../../../ui/key-hint.tsx";
import classes from "./form-panel.module.css";

/** A form beneath the actions: first field focused, Escape takes it away, mod+Enter sends it. */
export const FormPanel = ({
  label,
  submit,
  ready,
  busy,
  failure,
  onSubmit,
  onCancel,
  plain = false,
  children,
}: {
  label: string;
  submit: string;
  ready: boolean;
  busy: boolean;
  failure: Failure | null;
  onSubmit: () => void;
  onCancel: () => void;
  /** Without a frame of its own: where something else is one. */
  plain?: boolean;
  children: ReactNode;
}) => {
  const { t } = useTranslation("common");
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    form.current?.querySelector<HTMLElement>("input, textarea")?.focus();
  }, []);
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (ready && !busy) onSubmit();
  };
  return (
    <form
      ref={form}
      className={classes.panel}
      aria-label={label}
      data-plain={plain || undefined}
      onSubmit={send}
      onKeyDown={(event) => {
        if (event.key === "Escape" && !event.defaultPrevented) {
          event.stopPropagation();
          onCancel();
        }
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) send(event);
      }}
    >
      {children}
      {failure !== null && <FailureNotice failure={failure} />}
      <Group gap={8}>
        <Button
          type="submit"
          size="compact-md"
          disabled={!ready}
          loading={busy}
          rightSection={<KeyHint keys="mod+↵" />}
          className={classes.submit}
        >
          {submit}
        </Button>
        <Button type="button" size="compact-md" variant="subtle" onClick={onCancel}>
          {t("actions.cancel")}
        </Button>
      </Group>
    </form>
  );
};
