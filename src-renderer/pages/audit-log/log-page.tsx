import { Button } from "@mantine/core";
import { IconShieldCheck } from "@tabler/icons-react";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { decide } from "#shared/access/decide.ts";
import type { Item } from "#shared/access/menu.ts";
import { useViewer } from "../../data/session.ts";
import { useSyncStatus } from "../../data/sync.ts";
import { useAuditState, useLine, useLog } from "../../data/use-audit.ts";
import { useMinute } from "../../data/use-holdings.ts";
import { useLogFiles } from "../../data/use-log-files.ts";
import { useNames } from "../../data/use-names.tsx";
import { formatNumber } from "../../ui/format.ts";
import page from "../../ui/page.module.css";
import { PageHeader } from "../../ui/page-header.tsx";
import { SplitPane } from "../../ui/split-pane.tsx";
import { Alarm } from "./alarm.tsx";
import { LineDetail } from "./line-detail.tsx";
import { LogFilters } from "./log-filters.tsx";
import { LogList } from "./log-list.tsx";
import { filterOf, type LogSearch, readLogSearch, writeLogSearch } from "./log-search.ts";
import { ProofPanel } from "./proof-panel.tsx";

/** The audit log of the viewer's organisation (PRT-4): its lines, one of them whole, and the proof. */
export const LogPage = ({ item, path }: { item: Item; path: string }) => {
  const { t, i18n } = useTranslation(["portal", "shell"]);
  const viewer = useViewer();
  const raw = useSearch({ strict: false }) as Record<string, unknown>;
  const search = useMemo(() => readLogSearch(raw), [raw]);
  const minute = useMinute();
  const filter = useMemo(() => filterOf(search, Date.parse(minute)), [search, minute]);
  const live = useAuditState();
  const state = live.state === "live" ? live.value : null;
  const log = useLog(filter, state?.head?.size ?? null);
  const line = useLine(search.line, log.lines);
  const files = useLogFiles();
  const names = useNames();
  const phase = useSyncStatus()?.phase;
  const offline = phase === "offline" || phase === "stopped";
  const navigate = useNavigate();

  const go = (next: LogSearch) =>
    void navigate({ to: path, search: writeLogSearch(next), replace: true });
  const size = state?.head?.size ?? null;
  const proof = <ProofPanel state={state} files={files} offline={offline} />;
  return (
    <div className={page.page}>
      <PageHeader
        title={t(`shell:nav.${item}`)}
        subtitle={
          size !== null &&
          t("log.lines", { count: size, formatted: formatNumber(size, i18n.language) })
        }
        whyReadOnly={decide(viewer, { item, level: "full" })}
        actions={
          <Button
            variant="default"
            size="compact-md"
            leftSection={<IconShieldCheck size={16} stroke={1.8} aria-hidden="true" />}
            onClick={() => go({ ...search, line: null, proof: true })}
          >
            {t("proof.title")}
          </Button>
        }
      />
      {state?.alarm != null && <Alarm failure={state.alarm} state={state} />}
      <LogFilters search={search} lines={log.lines} onChange={go} />
      <div className={page.split}>
        <SplitPane
          id="audit-log"
          defaultWidth={640}
          onBack={() => go({ ...search, line: null, proof: null })}
          list={
            <LogList
              log={log}
              names={names}
              offline={offline}
              search={search}
              path={path}
              onClear={go}
            />
          }
          detail={
            search.line === null ? (
              search.proof && proof
            ) : (
              <LineDetail
                key={search.line}
                seq={search.line}
                line={line}
                names={names}
                files={files}
                offline={offline}
                onClose={() => go({ ...search, line: null })}
              />
            )
          }
          empty={proof}
        />
      </div>
    </div>
  );
};
