import { useTranslation } from "react-i18next";
import { fail } from "#shared/failure.ts";
import { err } from "#shared/result.ts";
import { useCore } from "../../../../data/core.ts";
import { useAnswer } from "../../../../data/use-answer.ts";
import type { Member } from "../../../../data/use-people.ts";
import { Section } from "../../../../ui/section.tsx";
import { useMayNot } from "../../read-only.tsx";
import { Sessions } from "../../sessions.tsx";

/** The devices somebody works on; a lost one is revoked here, and erases itself (ID-3). */
export const DevicesSection = ({ member }: { member: Member }) => {
  const { t } = useTranslation("account");
  const core = useCore();
  const locked = useMayNot("users");
  const accountId = member.id;
  const devices = useAnswer(`devices ${accountId}`, (asked) => asked.people.devices({ accountId }));
  return (
    <Section title={t("user.devices")}>
      <Sessions
        devices={devices}
        label={t("sessions.of", { name: member.name })}
        locked={locked}
        revoke={(id) =>
          core.people.revokeDevice({ accountId, id }).catch(() => err(fail("core-unreachable")))
        }
      />
    </Section>
  );
};
