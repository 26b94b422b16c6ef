import { Button, Group, Modal } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useChecks } from "../../../data/use-checks.ts";
import { useIntent } from "../../../data/use-intent.ts";
import type { OwnRole } from "../../../data/use-people.ts";
import classes from "../detail.module.css";
import { Because } from "../read-only.tsx";

/** Removes a role nobody holds; locked, with the reason, while somebody does. */
export const RemoveRole = ({ role, stamp }: { role: OwnRole; stamp: unknown }) => {
  const { t } = useTranslation("account");
  const { make, busy } = useIntent();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const { remove } = useChecks(
    { remove: { type: "role.remove", targetId: role.id, payload: {} } },
    stamp,
  );
  const go = async () => {
    const done = await make("role.remove", role.id, {});
    if (done.ok) void navigate({ to: "/account/roles" });
    else setAsking(false);
  };
  return (
    <>
      <Because failure={remove}>
        <Button
          size="compact-md"
          variant="default"
          disabled={remove !== null}
          onClick={() => setAsking(true)}
        >
          {t("removeRole.open")}
        </Button>
      </Because>
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        title={<strong>{t("removeRole.title", { role: role.name })}</strong>}
      >
        <p className={classes.text}>{t("removeRole.text")}</p>
        <Group justify="flex-end" mt="lg" gap="xs">
          <Button variant="default" onClick={() => setAsking(false)} data-autofocus>
            {t("cancel")}
          </Button>
          <Button color="red" loading={busy} onClick={() => void go()}>
            {t("removeRole.open")}
          </Button>
        </Group>
      </Modal>
    </>
  );
};
