import { decideAct } from "#shared/access/decide.ts";
import type { Viewer } from "#shared/access/viewer.ts";
import { type IntentType, intentDefs } from "#shared/domain/registry.ts";

/**
 * Whether a viewer's role can ever hold this action: its permission in full, and the whole coverage
 * where it decides over others' work. What cannot be held is not shown (PAR-5); what can but not
 * now is shown, and says why.
 */
export const permitted = (viewer: Viewer, type: IntentType): boolean =>
  decideAct(viewer, intentDefs[type]) === null;
