import { Button, Loader } from "@mantine/core";
import { IconCloudOff, IconCloudUp, IconFileTypePdf } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Attachment } from "#shared/domain/visit/attachment.ts";
import type { Failure } from "#shared/failure.ts";
import type { FileView } from "#shared/ipc/views.ts";
import { FailureNotice } from "../../../../../ui/failure-notice.tsx";
import { EmptyState } from "../../../../../ui/states.tsx";
import classes from "./attachments.module.css";
import type { Shown } from "./use-file-bytes.ts";

/** The picture itself, or why it is not there: its thumbnail stands in its place meanwhile. */
export const Picture = ({
  attachment,
  view,
  shown,
  again,
}: {
  attachment: Attachment;
  view: FileView | undefined;
  shown: Shown;
  again: () => void;
}) => {
  const { t } = useTranslation("work");
  const { type, thumb, caption, name } = attachment;
  if (shown.state === "ready") {
    return (
      <div className={classes.picture}>
        {type === "application/pdf" ? (
          <EmptyState icon={IconFileTypePdf} title={name}>
            {t("files.pdf")}
          </EmptyState>
        ) : (
          <img className={classes.full} src={shown.url} alt={caption ?? name} />
        )}
      </div>
    );
  }
  return (
    <div className={classes.picture}>
      {thumb !== null && <img className={classes.behind} src={thumb} alt="" />}
      <div className={classes.over}>
        {shown.state === "loading" ? (
          <div className={classes.loading} role="status">
            <Loader size="sm" />
            {t(view?.state === "fetching" ? "files.fetching" : "files.loading")}
          </div>
        ) : (
          <NotThere failure={shown.failure} by={attachment.by.name} again={again} />
        )}
      </div>
    </div>
  );
};

const NotThere = ({
  failure,
  by,
  again,
}: {
  failure: Failure;
  by: string;
  again: () => void;
}): ReactNode => {
  const { t } = useTranslation("work");
  const tryAgain = (
    <Button variant="default" onClick={again}>
      {t("files.again")}
    </Button>
  );
  if (failure.code === "file-unknown") {
    return (
      <EmptyState
        icon={IconCloudUp}
        tone="accent"
        title={t("files.onItsWay", { by })}
        action={tryAgain}
      >
        {t("files.onItsWayText")}
      </EmptyState>
    );
  }
  if (failure.code === "server-unreachable") {
    return (
      <EmptyState icon={IconCloudOff} title={t("files.offline")} action={tryAgain}>
        {t("files.offlineText")}
      </EmptyState>
    );
  }
  return (
    <div className={classes.failed}>
      <FailureNotice failure={failure} />
      {tryAgain}
    </div>
  );
};
