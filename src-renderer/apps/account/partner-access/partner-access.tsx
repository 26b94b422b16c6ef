import { Button } from "@mantine/core";
import { IconKey, IconMapOff, IconPlus } from "@tabler/icons-react";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { decideAct } from "#shared/access/decide.ts";
import type { Grant } from "#shared/domain/grant/grant.ts";
import type { Partner } from "#shared/domain/partner/partner.ts";
import { intentDefs } from "#shared/domain/registry.ts";
import { useViewer } from "../../../data/session.ts";
import { type LiveHoldings, useHoldings, useMinute } from "../../../data/use-holdings.ts";
import detail from "../../../ui/detail.module.css";
import { EmptyState, FailedState, LoadingState } from "../../../ui/states.tsx";
import { GrantCard } from "./grant-card.tsx";
import { GrantForm } from "./grant-form.tsx";
import classes from "./partner-access.module.css";
import { WithdrawDialog } from "./withdraw-dialog.tsx";

/** The partner the address names, with its grants. */
export const PartnerAccess = () => {
  const { t } = useTranslation("access");
  const { partnerId } = useParams({ strict: false }) as { partnerId?: string };
  const live = useHoldings();
  if (live.state === "loading") return <LoadingState rows={8} />;
  if (live.state === "failed") return <FailedState />;
  const partner = live.value.partners.find(({ tenantId }) => tenantId === partnerId);
  return partner === undefined ? (
    <EmptyState icon={IconMapOff} title={t("goneTitle")}>
      {t("goneText")}
    </EmptyState>
  ) : (
    <Access key={partner.id} partner={partner} holdings={live.value} />
  );
};

/** What is being done: a grant given or changed in the form, or one to be withdrawn. */
type Doing = { what: "give" } | { what: "change" | "withdraw"; grantId: string } | null;

const Access = ({ partner, holdings }: { partner: Partner; holdings: LiveHoldings }) => {
  const { t } = useTranslation("access");
  const viewer = useViewer();
  const at = useMinute();
  const mayChange = decideAct(viewer, intentDefs["grant.give"]) === null;
  const [doing, setDoing] = useState<Doing>(null);
  const own = holdings.grants.filter(({ partnerId }) => partnerId === partner.tenantId);
  const active = own
    .filter(({ status, until }) => status === "active" && until > at)
    .sort((a, b) => a.until.localeCompare(b.until));
  const over = own.filter((grant) => !active.includes(grant));
  const done = () => setDoing(null);
  const held = (grantId: string): Grant | undefined => active.find(({ id }) => id === grantId);
  const withdrawn = doing?.what === "withdraw" ? held(doing.grantId) : undefined;
  const form = (grant: Grant | null) => (
    <GrantForm partner={partner} grant={grant} grants={active} holdings={holdings} onDone={done} />
  );
  return (
    <article className={detail.detail}>
      <header className={detail.head}>
        <div>
          <h2 className={detail.title}>{partner.name}</h2>
          <div className={classes.kind}>{t(`subtype.${partner.subtype}`)}</div>
        </div>
        {mayChange && doing === null && (
          <Button
            size="compact-md"
            leftSection={<IconPlus size={16} stroke={1.8} aria-hidden="true" />}
            onClick={() => setDoing({ what: "give" })}
          >
            {t("give")}
          </Button>
        )}
      </header>
      {doing?.what === "give" && form(null)}
      {active.length === 0 && doing === null && (
        <EmptyState icon={IconKey} title={t("noneTitle", { partner: partner.name })}>
          {t(mayChange ? "noneText" : "noneTextRead")}
        </EmptyState>
      )}
      {active.map((grant) =>
        doing?.what === "change" && doing.grantId === grant.id ? (
          <div key={grant.id}>{form(grant)}</div>
        ) : (
          <GrantCard
            key={grant.id}
            grant={grant}
            holdings={holdings}
            onChange={mayChange ? () => setDoing({ what: "change", grantId: grant.id }) : null}
            onWithdraw={mayChange ? () => setDoing({ what: "withdraw", grantId: grant.id }) : null}
          />
        ),
      )}
      {over.length > 0 && (
        <details className={classes.over}>
          <summary>{t("over", { count: over.length })}</summary>
          {over.map((grant) => (
            <GrantCard
              key={grant.id}
              grant={grant}
              holdings={holdings}
              onChange={null}
              onWithdraw={null}
            />
          ))}
        </details>
      )}
      {withdrawn !== undefined && (
        <WithdrawDialog
          partner={partner}
          grant={withdrawn}
          grants={active}
          holdings={holdings}
          onClose={done}
        />
      )}
    </article>
  );
};
