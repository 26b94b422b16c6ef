import Database from "better-sqlite3";
import { id } from "#shared/testing/builders.ts";
import { wordsIn } from "../world/canary.ts";

/** A record as the server keeps it. */
export interface Stored {
  id: string;
  kind: string;
  version: number;
  data: Fields;
}

/** What a user may see of a record, and until when ("" where nothing ends it). */
export interface Seen {
  kind: string;
  until: string;
  data: Fields;
}

// biome-ignore lint/suspicious/noExplicitAny: the model reads any record, and knows no schema.
type Fields = any;

interface Account {
  tenant: string;
  suspended: boolean;
  partners: boolean;
  hasRole: boolean;
  levels: Record<string, string>;
  ownVisits: boolean;
  regions: string[] | null;
  customerIds: string[] | null;
}

const opens: Record<string, string[]> = {
  grant: ["covered-devices"],
  telemetry: ["covered-devices"],
  ticket: ["workload"],
  alarm: ["workload"],
  visit: ["workload"],
  person: ["workload"],
  customer: ["workload", "covered-devices", "renewals"],
  device: ["workload", "covered-devices", "renewals"],
  agreement: ["workload", "covered-devices", "renewals"],
};

const first = (ends: string[]) => [...ends].sort()[0] ?? "";
const later = (ends: string[]) => ends.reduce((a, b) => (a > b ? a : b), "");

/**
 * Who may see what, said a second time: from the rules, and from the records and roles alone. It
 * shares no code with the product, and reads the server's file on a connection of its own.
 */
export class Model {
  readonly #db: Database.Database;
  #version = -1;
  #stored = new Map<string, Stored>();
  #accounts = new Map<string, Account>();
  #views = new Map<string, Map<string, Seen>>();

  constructor(file: string) {
    this.#db = new Database(file, { readonly: true });
  }

  close(): void {
    this.#db.close();
  }

  /** The connection, for what else an oracle counts. */
  get db(): Database.Database {
    return this.#db;
  }

  /** Every record, by id. */
  get stored(): Map<string, Stored> {
    this.#read();
    return this.#stored;
  }

  /** Whether the Partners app is open to this user at all. */
  admits(who: string): boolean {
    this.#read();
    const account = this.#accounts.get(id(who));
    return account !== undefined && !account.suspended && account.partners && account.hasRole;
  }

  /** What a user may see at an instant (ISO), by id. */
  view(who: string, at: string): Map<string, Seen> {
    this.#read();
    const key = `${who} ${at}`;
    const known = this.#views.get(key);
    if (known !== undefined) return known;
    const view = this.#look(who, at);
    this.#views.set(key, view);
    return view;
  }

  #look(who: string, at: string): Map<string, Seen> {
    const view = new Map<string, Seen>();
    const account = this.#accounts.get(id(who));
    if (account === undefined || !this.admits(who)) return view;
    const reads = (kind: string) =>
      (opens[kind] ?? []).some((item) => (account.levels[item] ?? "hidden") !== "hidden");
    const all = [...this.#stored.values()];
    const of = (kind: string) => all.filter((r) => r.kind === kind).map((r) => r.data);
    const mine = of("visit").filter((v) => v.assigneeId === id(who));
    const covers = new Map<string, { until: string; telemetry: string }>();
    for (const device of of("device")) {
      const agreements = of("agreement").filter(
        (a) =>
          a.partnerId === account.tenant &&
          a.status === "active" &&
          a.startsAt <= at &&
          at < a.endsAt &&
          a.deviceIds.includes(device.id),
      );
      const grants = of("grant").filter(
        (g) =>
          g.partnerId === account.tenant &&
          g.customerId === device.customerId &&
          g.status === "active" &&
          at < g.until &&
          (g.regions.length === 0 || g.regions.includes(device.region)) &&
          (g.deviceIds.length === 0 || g.deviceIds.includes(device.id)),
      );
      if (agreements.length === 0 || grants.length === 0) continue;
      if (account.ownVisits && !mine.some((v) => v.deviceId === device.id)) continue;
      if (account.regions !== null && !account.regions.includes(device.region)) continue;
      if (account.customerIds !== null && !account.customerIds.includes(device.customerId))
        continue;
      const end = later(agreements.map((a) => a.endsAt));
      const ending = (on: Fields[]) =>
        on.length > 0 ? first([end, later(on.map((g) => g.until))]) : "";
      covers.set(device.id, {
        until: ending(grants),
        telemetry: ending(grants.filter((g) => g.telemetry)),
      });
    }
    const sees = (device: string) => reads("device") && covers.has(device);
    const seenOf = (customer: string) =>
      of("device").filter((d) => d.customerId === customer && sees(d.id));
    const lastOf = (customer: string) =>
      later(seenOf(customer).map((d) => covers.get(d.id)?.until ?? ""));
    const put = (record: Stored, until: string, data: Fields = record.data) =>
      view.set(record.id, { kind: record.kind, until, data });
    for (const record of all) {
      const { kind, data } = record;
      if (!reads(kind)) continue;
      const cover = covers.get(kind === "device" ? record.id : data.deviceId);
      const masked = { ...data, deviceIds: data.deviceIds?.filter(sees) };
      const own = data.partnerId === account.tenant;
      // A paper that names devices says what it says until the first of them is no longer seen.
      const named = (end: string) =>
        first([end, ...(masked.deviceIds ?? []).map((d: string) => covers.get(d)?.until ?? "")]);
      // Who may do what is for those who run the organisation, and nobody here does.
      const { access: _access, ...known } = data;
      if (kind === "person" && data.tenantId === account.tenant) put(record, "", known);
      if (kind === "customer" && seenOf(record.id).length > 0) put(record, lastOf(record.id));
      if (kind === "agreement" && own && masked.deviceIds.length > 0 && at < data.endsAt)
        put(record, named(data.endsAt), masked);
      if (kind === "grant" && own && data.status === "active" && at < data.until)
        if (seenOf(data.customerId).length > 0)
          put(record, named(first([data.until, lastOf(data.customerId)])), masked);
      if (cover === undefined) continue;
      if (["device", "ticket", "alarm"].includes(kind)) put(record, cover.until);
      if (kind === "telemetry" && cover.telemetry !== "") put(record, cover.telemetry);
      if (kind === "visit" && own && (!account.ownVisits || data.assigneeId === id(who)))
        put(record, cover.until);
    }
    return view;
  }

  /** Reads the world again where somebody has written to it. */
  #read(): void {
    const version = this.#db.pragma("data_version", { simple: true }) as number;
    if (version === this.#version) return;
    this.#version = version;
    this.#views.clear();
    const before = this.#stored;
    this.#stored = new Map();
    const rows = this.#db.prepare("SELECT id, kind, version, data FROM record ORDER BY id").all();
    for (const row of rows as (Omit<Stored, "data"> & { data: string })[]) {
      const known = before.get(row.id);
      const same = known !== undefined && known.version === row.version;
      this.#stored.set(row.id, same ? known : { ...row, data: JSON.parse(row.data) });
    }
    const accounts = this.#db
      .prepare(
        `SELECT account.id, account.suspended, tenant.id AS tenant, tenant.entitlements,
           role.levels, role.scope
         FROM account JOIN tenant ON tenant.id = account.tenant_id
         LEFT JOIN account_role ON account_id = account.id AND account_role.app = 'partners'
         LEFT JOIN role ON role.id = account_role.role_id`,
      )
      .all() as Record<string, string>[];
    this.#accounts = new Map(
      accounts.map((row) => [
        row.id ?? "",
        {
          tenant: row.tenant ?? "",
          suspended: Number(row.suspended) === 1,
          partners: (JSON.parse(row.entitlements ?? "[]") as string[]).includes("partners"),
          hasRole: row.levels !== null,
          levels: JSON.parse(row.levels ?? "{}") as Record<string, string>,
          ...(JSON.parse(row.scope ?? "{}") as Pick<
            Account,
            "ownVisits" | "regions" | "customerIds"
          >),
        },
      ]),
    );
  }
}

const words = new WeakMap<Map<string, Seen>, Set<string>>();

/** The ids and canaries in what a user sees. */
export const wordsOf = (view: Map<string, Seen>): Set<string> => {
  const known = words.get(view);
  if (known !== undefined) return known;
  const found = wordsIn(JSON.stringify([...view.values()].map(({ data }) => data)));
  words.set(view, found);
  return found;
};
