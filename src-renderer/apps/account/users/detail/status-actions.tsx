import { Button, Group, Modal } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Failure } from "#shared/failure.ts";
import { useChecks, type Wish } from "../../../../data/use-checks.ts";
import { useIntent } from "../../../../data/use-intent.ts";
import type { Member } from "../../../../data/use-people.ts";
import { useStepUp } from "../../../../data/use-step-up.ts";
import { FailureNotice } from "../../../../ui/failure-notice.tsx";
import classes from "../../detail.module.css";
import { Because } from "../../read-only.tsx";
import { LinkOnce } from "../invite/link-once.tsx";
import { makeInvitation } from "../invite/secret.ts";

/** What can be done about where someone stands; `asks` first says what will happen. */
const acts = {
  "person.suspend": { in: ["active"], asks: true, danger: true },
  "person.restore": { in: ["suspended"], asks: true, danger: false },
  "person.invite-again": { in: ["invited", "withdrawn"], asks: false, danger: false },
  "person.withdraw-invitation": { in: ["invited"], asks: true, danger: true },
} as const satisfies Record<string, { in: readonly string[]; asks: boolean; danger: boolean }>;
type Act = keyof typeof acts;

/** A hash for asking beforehand only. */
const ANY_HASH = "0".repeat(64);

const wordsOf = (act: Act) => `statusActs.${act.slice("person.".length) as "suspend"}` as const;

/** Suspends, restores, invites again, withdraws: what fits where someone stands, and why it cannot be. */
export const StatusActions = ({ member }: { member: Member }) => {
  const { t } = useTranslation("account");
  const { make, busy } = useIntent();
  const { runFresh } = useStepUp();
  const [asked, setAsked] = useState<Act | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const offered = (Object.keys(acts) as Act[]).filter((act) =>
    (acts[act].in as readonly string[]).includes(member.access.status),
  );
  const probe = (act: Act): Wish => ({
    type: act,
    targetId: member.id,
    payload: act === "person.invite-again" ? { inviteHash: ANY_HASH } : {},
  });
  const checks = useChecks(Object.fromEntries(offered.map((act) => [act, probe(act)])), member);

  const run = async (act: Act) => {
    setFailure(null);
    const invitation = act === "person.invite-again" ? makeInvitation() : null;
    const payload = invitation === null ? {} : { inviteHash: invitation.hash };
    const quiet = { quiet: acts[act].asks };
    const done = await runFresh(() => make(act, member.id, payload, quiet));
    if (!done.ok) {
      setFailure(done.error);
      return;
    }
    setAsked(null);
    setSecret(invitation?.secret ?? null);
  };
  const close = () => {
    setAsked(null);
    setFailure(null);
  };
  return (
    <div className={classes.actions}>
      {offered.map((act) => (
        <Because key={act} failure={checks[act]}>
          <Button
            size="compact-md"
            variant="default"
            disabled={checks[act] !== null}
            onClick={() => (acts[act].asks ? setAsked(act) : void run(act))}
          >
            {t(`${wordsOf(act)}.button`)}
          </Button>
        </Because>
      ))}
      {asked !== null && (
        <Modal
          opened
          onClose={close}
          title={<strong>{t(`${wordsOf(asked)}.title`, { name: member.name })}</strong>}
        >
          <p className={classes.text}>{t(`${wordsOf(asked)}.text`)}</p>
          {failure !== null && <FailureNotice failure={failure} />}
          <Group justify="flex-end" mt="lg" gap="xs">
            <Button variant="default" onClick={close} data-autofocus>
              {t("cancel")}
            </Button>
            <Button
              {...(acts[asked].danger ? { color: "red" } : {})}
              loading={busy}
              onClick={() => void run(asked)}
            >
              {t(`${wordsOf(asked)}.button`)}
            </Button>
          </Group>
        </Modal>
      )}
      {secret !== null && (
        <Modal
          opened
          onClose={() => setSecret(null)}
          closeOnClickOutside={false}
          closeOnEscape={false}
          size="lg"
          title={<strong>{t("link.title")}</strong>}
        >
          <LinkOnce
            personId={member.id}
            name={member.name}
            secret={secret}
            onDone={() => setSecret(null)}
          />
        </Modal>
      )}
    </div>
  );
};
