import { v5 } from "uuid";
import type { Subtype } from "#shared/access/nav.ts";
import type { App, Viewer } from "#shared/access/viewer.ts";
import type { Kind } from "#shared/domain/intent.ts";
import type { DataOf } from "#shared/domain/registry.ts";

/** An organisation of the demo: what layers 1 and 2 know of it. */
export interface DemoTenant {
  id: string;
  name: string;
  kind: Viewer["tenant"]["kind"];
  subtype: Subtype | null;
  tier: Viewer["tenant"]["tier"];
  entitlements: App[];
}

/** A record of kind `K`, as a store takes it. */
export interface DemoRecordOf<K extends Kind> {
  kind: K;
  id: string;
  data: DataOf<K>;
}

/** A record of any kind; `kind` says which data it has. */
export type DemoRecord = { [K in Kind]: DemoRecordOf<K> }[Kind];

/** Everything a fresh server starts the demo with. */
export interface DemoWorld {
  tenants: DemoTenant[];
  records: DemoRecord[];
}

const namespace = "8f0f8a52-6f0e-5d0b-9a57-3c1d5f4f2b61";

/** The id of a thing of the demo, the same in every build: "device:CWC04006". */
export const demoId = (key: string): string => v5(key, namespace);
