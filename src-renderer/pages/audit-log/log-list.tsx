import { Button, Loader } from "@mantine/core";
import { IconCloudOff, IconFilterOff, IconListDetails } from "@tabler/icons-react";
import { useCallback, useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { LogView } from "../../data/use-audit.ts";
import type { Names } from "../../ui/desk/value.tsx";
import { FailureNotice } from "../../ui/failure-notice.tsx";
import { EmptyState, LoadingState } from "../../ui/states.tsx";
import { TableList } from "../../ui/table-list.tsx";
import { LineRow } from "./line-row.tsx";
import classes from "./log-list.module.css";
import { type LogSearch, narrowsLog, wholeLog, writeLogSearch } from "./log-search.ts";

/** Older lines are asked for when so few are left below what is in sight. */
const AHEAD = 12;

/** The lines of a log, newest first; older ones are asked for as they come near. */
export const LogList = ({
  log,
  names,
  offline,
  search,
  path,
  onClear,
}: {
  log: LogView;
  names: Names;
  offline: boolean;
  search: LogSearch;
  path: string;
  onClear: (search: LogSearch) => void;
}) => {
  const { t } = useTranslation("portal");
  const { lines, more, older, failure } = log;
  const near = useCallback(
    (_first: number, last: number) => {
      if (more && failure === null && last >= lines.length - AHEAD) older();
    },
    [more, failure, lines.length, older],
  );
  useEffect(() => {
    if (lines.length === 0) near(0, 0);
  }, [lines.length, near]);

  if (lines.length === 0) {
    return <Without log={log} offline={offline} search={search} onClear={onClear} />;
  }
  return (
    <>
      {offline && (
        <p className={classes.offline} role="status">
          <IconCloudOff size={15} stroke={1.8} aria-hidden="true" />
          {t("log.offlineKept")}
        </p>
      )}
      <TableList
        label={t("log.label")}
        className={classes.lines}
        count={lines.length}
        setSize={more ? -1 : lines.length}
        row={(index) => {
          const line = lines[index];
          return line === undefined
            ? null
            : {
                key: line.seq,
                link: {
                  to: path,
                  search: { ...writeLogSearch({ ...search, line: line.seq }) },
                  replace: true,
                },
                selected: line.seq === search.line,
                cells: <LineRow line={line} names={names} />,
              };
        }}
        onSight={near}
        after={<End log={log} offline={offline} />}
      />
    </>
  );
};

/** What stands under the oldest line there is: more on its way, why there is not, or the beginning. */
const End = ({ log: { more, asking, failure }, offline }: { log: LogView; offline: boolean }) => {
  const { t } = useTranslation("portal");
  return (
    <>
      {asking && (
        <div className={classes.more}>
          <Loader size="xs" color="gray" aria-label={t("log.older")} />
        </div>
      )}
      {failure !== null && !offline && (
        <div className={classes.more}>
          <FailureNotice failure={failure} />
        </div>
      )}
      {!more && !asking && <p className={classes.end}>{t("log.end")}</p>}
    </>
  );
};

/** What stands there while there is no line: on its way, offline, refused, nothing, nothing that fits. */
const Without = ({
  log,
  offline,
  search,
  onClear,
}: {
  log: LogView;
  offline: boolean;
  search: LogSearch;
  onClear: (search: LogSearch) => void;
}) => {
  const { t } = useTranslation("portal");
  const { t: common } = useTranslation("common");
  if (offline) {
    return (
      <EmptyState icon={IconCloudOff} title={t("log.offlineTitle")}>
        {t("log.offlineText")}
      </EmptyState>
    );
  }
  if (log.asking) return <LoadingState rows={12} />;
  if (log.failure !== null) {
    return (
      <div className={classes.refused}>
        <FailureNotice failure={log.failure} />
        <Button variant="default" onClick={log.again}>
          {t("log.again")}
        </Button>
      </div>
    );
  }
  return narrowsLog(search) ? (
    <EmptyState
      icon={IconFilterOff}
      title={t("log.noMatchTitle")}
      action={
        <Button variant="default" onClick={() => onClear(wholeLog(search))}>
          {common("filter.clearAll")}
        </Button>
      }
    >
      {t("log.noMatchText")}
    </EmptyState>
  ) : (
    <EmptyState icon={IconListDetails} title={t("log.emptyTitle")}>
      {t("log.emptyText")}
    </EmptyState>
  );
};
