import { useMemo } from "react";
import { type App, apps } from "#shared/access/apps.ts";
import { menuOf } from "#shared/access/menu.ts";
import { useViewer } from "../../data/session.ts";

/** The apps in which the viewer's organisation grants roles: those it has that have a menu (AUTH-2). */
export const useTenantApps = (): readonly App[] => {
  const { tenant, entitlements } = useViewer();
  return useMemo(
    () => apps.filter((app) => entitlements.includes(app) && menuOf(tenant, app).length > 0),
    [tenant, entitlements],
  );
};
