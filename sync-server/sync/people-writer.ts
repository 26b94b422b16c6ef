import type { Transaction } from "kysely";
import { titleOf } from "#shared/domain/person/holding.ts";
import type { Person } from "#shared/domain/person/person.ts";
import type { TenantRole } from "#shared/domain/role/role.ts";
import { accountsUnder, writeAccount, writeRole } from "../access/derive.ts";
import { writeStanding } from "../access/standing.ts";
import type { Database } from "../store/schema.ts";
import type { RecordWrite } from "./record-row.ts";

/**
 * What follows when a person's or a role's record is written: the tables by which accounts and roles
 * are found, and who each account was before and is now, so that what it did is judged by then (S9).
 */
export class PeopleWriter {
  readonly #tx: Transaction<Database>;
  readonly #at: string;
  readonly #changed = new Set<string>();

  constructor(tx: Transaction<Database>, at: string) {
    this.#tx = tx;
    this.#at = at;
  }

  /** The accounts that are no longer what they were. */
  get accounts(): string[] {
    return [...this.#changed];
  }

  /** Called before the record is written: notes who the accounts under it were until now. */
  async before({ kind, id }: RecordWrite): Promise<void> {
    if (kind === "person" || kind === "role") await this.#note(kind, id);
  }

  /** Called once it is written. Answers the records that say something else because of it. */
  async after({ kind, id, data }: RecordWrite): Promise<RecordWrite[]> {
    if (kind === "person") await writeAccount(this.#tx, data as Person);
    if (kind === "role") await writeRole(this.#tx, data as TenantRole);
    if (kind === "person" || kind === "role") await this.#note(kind, id);
    return kind === "role" ? this.#retitled(data as TenantRole) : [];
  }

  async #note(kind: "person" | "role", id: string): Promise<void> {
    for (const account of await accountsUnder(this.#tx, kind, id)) {
      this.#changed.add(account);
      await writeStanding(this.#tx, account, this.#at);
    }
  }

  /** Those who hold a role are called by its name, and take work as it lets them. */
  async #retitled(role: TenantRole): Promise<RecordWrite[]> {
    const roles = await this.#ofTenant<TenantRole>("role", role.tenantId);
    const people = await this.#ofTenant<Person>("person", role.tenantId);
    return people.flatMap((person) => {
      if (!Object.values(person.access?.roles ?? {}).includes(role.id)) return [];
      const next = { ...person, ...titleOf(person.access?.roles ?? {}, roles) };
      const same = next.roleName === person.roleName && next.takesWork === person.takesWork;
      return same ? [] : [{ kind: "person" as const, id: person.id, data: next }];
    });
  }

  async #ofTenant<T>(kind: "person" | "role", tenantId: string): Promise<T[]> {
    const rows = await this.#tx
      .selectFrom("record")
      .select("data")
      .where("tenant_id", "=", tenantId)
      .where("kind", "=", kind)
      .orderBy("id")
      .execute();
    return rows.map(({ data }) => JSON.parse(data) as T);
  }
}
