import { homeOf } from "#shared/access/layers.ts";
import type { Viewer } from "#shared/access/viewer.ts";
import type { Failure } from "#shared/failure.ts";
import type { Store } from "../store/store.ts";
import { appendAudit } from "./log.ts";

/** Keeps, in the log of the caller's own organisation, a request that asked for what is not its own. */
export const auditRefusal = (
  store: Store,
  viewer: Viewer,
  type: string,
  payload: unknown,
  failure: Failure,
  at: string,
): Promise<void> =>
  store.db.transaction().execute((tx) =>
    appendAudit(tx, viewer.tenant.id, {
      actor: {
        accountId: viewer.accountId,
        name: viewer.name,
        tenantId: viewer.tenant.id,
        tenantName: viewer.tenant.name,
      },
      via: { app: homeOf(viewer), installation: "", appVersion: "" },
      intent: { id: "", type, target: null, payload },
      outcome: { applied: false, failure },
      changes: {},
      deviceTime: "",
      serverTime: at,
    }),
  );
