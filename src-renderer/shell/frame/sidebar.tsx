import { Tooltip } from "@mantine/core";
import { IconEye } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Level } from "#shared/access/nav.ts";
import { useViewer } from "../../data/session.ts";
import { useSyncStatus } from "../../data/sync.ts";
import { useFeatures } from "../features.ts";
import { appOfItem, type Feature, isOpen, sidebarOf } from "../navigation.ts";
import { refusalOf } from "../refusal.ts";
import { useApp } from "../use-app.ts";
import classes from "./sidebar.module.css";
import { useGroupName } from "./use-group-name.ts";

/** The menu of the app one is in: what is open to everyone, then its groups as this viewer has them (PAR-12). */
export const Sidebar = () => {
  const { t } = useTranslation("shell");
  const viewer = useViewer();
  const app = useApp();
  const features = useFeatures();
  const groupName = useGroupName();
  const attention = useSyncStatus()?.attention ?? 0;
  const desk = features.find((f) => f.item === "attention");
  const open = features.filter(
    ({ item }) => isOpen(item) && appOfItem(item) === app && refusalOf(viewer, item) === null,
  );
  return (
    <nav className={classes.side} aria-label={t("sidebar.label")}>
      <ul className={classes.group}>
        {open.map((feature) => (
          <Item key={feature.item} feature={feature} level="full" exact />
        ))}
        {desk !== undefined && attention > 0 && (
          <Item feature={desk} level="full" count={attention} />
        )}
      </ul>
      {sidebarOf(viewer, app, features).map(({ group, entries }) => (
        <section key={group} aria-labelledby={`group-${group}`}>
          <h2 id={`group-${group}`} className={classes.heading}>
            <span>{groupName(group)}</span>
          </h2>
          <ul className={classes.group}>
            {entries.map(({ feature, level }) => (
              <Item key={feature.item} feature={feature} level={level} />
            ))}
          </ul>
        </section>
      ))}
    </nav>
  );
};

const Item = ({
  feature,
  level,
  count,
  exact = false,
}: {
  feature: Feature;
  level: Level;
  count?: number;
  exact?: boolean;
}) => {
  const { t } = useTranslation("shell");
  const label = t(feature.labelKey);
  return (
    <li>
      <Link
        to={feature.path}
        activeOptions={{ exact, includeSearch: false }}
        className={classes.item}
        title={label}
        data-item={feature.item}
        data-level={level}
      >
        <feature.icon size={18} stroke={1.6} aria-hidden="true" />
        <span className={classes.label}>{label}</span>
        {level === "read" && (
          <Tooltip label={t("sidebar.readOnly")} position="right">
            <IconEye
              size={14}
              stroke={1.7}
              className={classes.read}
              role="img"
              aria-label={t("sidebar.readOnly")}
            />
          </Tooltip>
        )}
        {count !== undefined && (
          <span className={classes.count} role="img" aria-label={t("sidebar.attention", { count })}>
            {count}
          </span>
        )}
      </Link>
    </li>
  );
};
