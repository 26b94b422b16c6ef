import { useTranslation } from "react-i18next";
import type { App } from "#shared/access/apps.ts";
import { type Levels, menuOf } from "#shared/access/menu.ts";
import { levels as allLevels } from "#shared/access/nav.ts";
import { useViewer } from "../../data/session.ts";
import classes from "./levels.module.css";
import { useAccessWords } from "./words.ts";

/** What a role gives, app by app: the items it may work on, look at, and not see. */
export const LevelsTable = ({ levels, apps }: { levels: Levels; apps: readonly App[] }) => {
  const { t } = useTranslation("account");
  const words = useAccessWords();
  const { tenant } = useViewer();
  return (
    <div className={classes.apps}>
      {apps.map((app) => (
        <section key={app} aria-label={words.app(app)}>
          <h4 className={classes.app}>{words.app(app)}</h4>
          <dl className={classes.levels}>
            {allLevels.map((level) => {
              const items = menuOf(tenant, app).filter(
                ({ item }) => (levels[item] ?? "hidden") === level,
              );
              return items.length === 0 ? null : (
                <div key={level} data-level={level}>
                  <dt>{t(`level.${level}`)}</dt>
                  <dd>{words.list(items.map(({ item }) => words.item(item)))}</dd>
                </div>
              );
            })}
          </dl>
        </section>
      ))}
    </div>
  );
};
