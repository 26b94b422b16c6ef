import { Button, Group, Modal, Text } from "@mantine/core";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Grant } from "#shared/domain/grant/grant.ts";
import type { Partner } from "#shared/domain/partner/partner.ts";
import type { Failure } from "#shared/failure.ts";
import { type LiveHoldings, useMinute } from "../../../data/use-holdings.ts";
import { useIntent } from "../../../data/use-intent.ts";
import { FailureNotice } from "../../../ui/failure-notice.tsx";
import { DifferenceView } from "./difference-view.tsx";
import { differenceBetween } from "./exposure.ts";

/** Asks once more before a grant is withdrawn: what is taken away, and what becomes of work under way. */
export const WithdrawDialog = ({
  partner,
  grant,
  grants,
  holdings: { devices, agreements },
  onClose,
}: {
  partner: Partner;
  grant: Grant;
  /** All of the partner's in force. */
  grants: readonly Grant[];
  holdings: LiveHoldings;
  onClose: () => void;
}) => {
  const { t } = useTranslation("access");
  const at = useMinute();
  const { make, busy } = useIntent();
  const [failure, setFailure] = useState<Failure | null>(null);
  const difference = useMemo(() => {
    const left = grants.filter(({ id }) => id !== grant.id);
    return differenceBetween(partner.tenantId, devices, agreements, grants, left, at);
  }, [partner, devices, agreements, grants, grant, at]);
  const go = () => {
    setFailure(null);
    void make("grant.withdraw", grant.id, {}, { quiet: true }).then((made) =>
      made.ok ? onClose() : setFailure(made.error),
    );
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={<strong>{t("withdraw.title", { partner: partner.name })}</strong>}
    >
      <DifferenceView difference={difference} until={null} />
      <Text size="sm" lh={1.6} mt="md">
        {t("withdraw.work")}
      </Text>
      <Text size="sm" lh={1.6} mt="xs">
        {t("withdraw.agreement")}
      </Text>
      {failure !== null && <FailureNotice failure={failure} />}
      <Group justify="flex-end" mt="lg" gap="xs">
        <Button variant="default" onClick={onClose} data-autofocus>
          {t("withdraw.back")}
        </Button>
        <Button color="red" loading={busy} onClick={go}>
          {t("withdraw.go")}
        </Button>
      </Group>
    </Modal>
  );
};
