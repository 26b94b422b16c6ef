import { Tooltip } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { formatExact, formatRelative } from "./format.ts";
import { useNow } from "./use-now.ts";

/** An instant as people say it, "3 hours ago", with the exact time on hover. */
export const RelativeTime = ({ at, now: given }: { at: string | number; now?: number }) => {
  const { t, i18n } = useTranslation("common");
  const ticking = useNow();
  return (
    <Tooltip label={formatExact(at, i18n.language)}>
      <time dateTime={new Date(at).toISOString()}>
        {formatRelative(at, given ?? ticking, i18n.language, t)}
      </time>
    </Tooltip>
  );
};
