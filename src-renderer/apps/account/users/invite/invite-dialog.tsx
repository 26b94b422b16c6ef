import { Modal } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Failure } from "#shared/failure.ts";
import { useIntent } from "../../../../data/use-intent.ts";
import type { OwnRole } from "../../../../data/use-people.ts";
import { type Invitee, InviteForm } from "./invite-form.tsx";
import { LinkOnce } from "./link-once.tsx";
import { makeInvitation } from "./secret.ts";

interface Made {
  personId: string;
  name: string;
  secret: string;
}

/** Invites someone, then shows the link once. The secret is made here and never leaves but in the link. */
export const InviteDialog = ({
  roles,
  onClose,
}: {
  roles: readonly OwnRole[];
  /** With the id of who was invited, or null. */
  onClose: (personId: string | null) => void;
}) => {
  const { t } = useTranslation("account");
  const { make, busy } = useIntent();
  const [failure, setFailure] = useState<Failure | null>(null);
  const [made, setMade] = useState<Made | null>(null);

  const invite = async (invitee: Invitee) => {
    const { secret, hash } = makeInvitation();
    setFailure(null);
    const done = await make(
      "person.invite",
      null,
      { ...invitee, inviteHash: hash },
      { quiet: true },
    );
    if (done.ok) setMade({ personId: done.value.targetId, name: invitee.name, secret });
    else setFailure(done.error);
  };
  const close = () => onClose(made?.personId ?? null);
  return (
    <Modal
      opened
      onClose={close}
      closeOnClickOutside={false}
      closeOnEscape={made === null}
      size="lg"
      title={<strong>{made === null ? t("invite.title") : t("link.title")}</strong>}
    >
      {made === null ? (
        <InviteForm
          roles={roles}
          busy={busy}
          failure={failure}
          onGo={(invitee) => void invite(invitee)}
          onCancel={close}
        />
      ) : (
        <LinkOnce {...made} onDone={close} />
      )}
    </Modal>
  );
};
