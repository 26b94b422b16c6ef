import type { z } from "zod";
import { Agreement } from "./agreement/agreement.ts";
import { Alarm } from "./alarm/alarm.ts";
import { alarmIntents } from "./alarm/intents.ts";
import { Customer } from "./customer/customer.ts";
import { Device } from "./device/device.ts";
import { Grant } from "./grant/grant.ts";
import { grantIntents } from "./grant/intents.ts";
import type { IntentDef, Kind } from "./intent.ts";
import { Partner } from "./partner/partner.ts";
import { personIntents } from "./person/intents.ts";
import { Person } from "./person/person.ts";
import { roleIntents } from "./role/intents.ts";
import { TenantRole } from "./role/role.ts";
import { Telemetry } from "./telemetry/telemetry.ts";
import { ticketIntents } from "./ticket/intents.ts";
import { Ticket } from "./ticket/ticket.ts";
import { visitIntents } from "./visit/intents.ts";
import { Visit } from "./visit/visit.ts";

/** The schema of each kind of record. */
export const schemas = {
  customer: Customer,
  device: Device,
  agreement: Agreement,
  grant: Grant,
  ticket: Ticket,
  alarm: Alarm,
  visit: Visit,
  person: Person,
  telemetry: Telemetry,
  role: TenantRole,
  partner: Partner,
} as const satisfies Record<Kind, z.ZodType>;

/** The data of a record of kind `K`. */
export type DataOf<K extends Kind> = z.infer<(typeof schemas)[K]>;

/** Every intent there is. Client and server run these and no others. */
export const intentDefs = {
  ...ticketIntents,
  ...alarmIntents,
  ...visitIntents,
  ...personIntents,
  ...roleIntents,
  ...grantIntents,
};

/** The type of an intent: "visit.complete". */
export type IntentType = keyof typeof intentDefs;

/** The definition of an intent type, or undefined where there is none. */
export const intentDef = (type: string): IntentDef | undefined =>
  Object.hasOwn(intentDefs, type) ? intentDefs[type as IntentType] : undefined;
