import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { invitationsOf } from "#server/access/invitations.ts";
import { hashOfInvitation } from "#server/identity/invitation-source.ts";
import { testCluster } from "#server/store/testing/cluster.ts";
import { temporaryStore } from "#server/testing/temporary-store.ts";
import type { Person } from "#shared/domain/person/person.ts";
import type { IntentType } from "#shared/domain/registry.ts";
import { id, intent } from "#shared/testing/builders.ts";
import { type Kept, openStage, type Stage } from "./stage.ts";

const cluster = testCluster();
afterAll(() => cluster.stop());

const stores: [string, () => Promise<Kept>][] = [
  ["SQLite", temporaryStore],
  [
    "PostgreSQL",
    async () => {
      const store = await (await cluster.database()).open();
      return { store, remove: () => store.close() };
    },
  ],
];

describe.each(stores)("on %s, two who act in one instant", (_name, open) => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage(open);
    for (const who of ["Una", "Ada", "Nok", "Tam"]) await stage.server.pull(who);
  });
  afterAll(() => stage.close());

  const act = async (who: string, type: IntentType, target: string, payload: object = {}) => {
    const made = intent(who, type, id(target), payload as Record<string, unknown>);
    const [verdict] = (await stage.server.push(who, made)).verdicts;
    return verdict?.status === "refused" ? verdict.failure.code : verdict?.status;
  };
  const people = async (): Promise<Person[]> =>
    (
      await stage.store.db
        .selectFrom("record")
        .select("data")
        .where("kind", "=", "person")
        .execute()
    ).map(({ data }) => JSON.parse(data) as Person);
  const owner = (roleId: string | null) => ({ app: "account", roleId });

  test("[AUTH-4] leave an organisation never without an owner", async () => {
    for (let round = 0; round < 6; round += 1) {
      const owns = async () =>
        (await people()).filter(({ access }) => access?.roles.account === id("role of Una"));
      const [first] = await owns();
      const one = first?.id === id("Ada") ? "Ada" : "Una";
      const other = one === "Ada" ? "Una" : "Ada";
      expect(await act(one, "person.change-role", other, owner(id("role of Una")))).toBe("applied");
      await Promise.all([stage.server.pull(one), stage.server.pull(other)]);
      await Promise.all([
        act(one, "person.change-role", other, owner(null)),
        act(other, "person.change-role", one, owner(null)),
      ]);
      expect((await owns()).length).toBeGreaterThan(0);
    }
  });

  test("[ID-1] make no two accounts of one address, whoever invites", async () => {
    const owners = (await people()).find(
      ({ access }) => access?.roles.account === id("role of Una"),
    );
    const who = owners?.id === id("Ada") ? "Ada" : "Una";
    const invite = (name: string) =>
      act(who, "person.invite", name, {
        ...{ name, email: "twin@nera.example", locale: "en", roles: {} },
        inviteHash: hashOfInvitation(`the secret of ${name}, long enough`),
      });
    await Promise.all([invite("twin one"), invite("twin two")]);
    const { accept } = invitationsOf(stage.store, () => stage.clock.now);
    await Promise.allSettled(
      ["twin one", "twin two"].map((name) => accept(`the secret of ${name}, long enough`)),
    );
    const accounts = await stage.store.db
      .selectFrom("account")
      .select("id")
      .where("login", "=", "twin@nera.example")
      .execute();
    expect(accounts).toHaveLength(1);
  });

  test("[S3] take a piece of work twice: one does, the other is told", async () => {
    const verdicts = await Promise.all(
      ["Nok", "Tam"].map((who) => act(who, "ticket.take", "pump-ticket")),
    );
    expect(verdicts.filter((verdict) => verdict === "applied").length).toBeGreaterThan(0);
    const row = await stage.store.db
      .selectFrom("record")
      .select(["version", "data"])
      .where("id", "=", id("pump-ticket"))
      .executeTakeFirstOrThrow();
    const applied = verdicts.filter((verdict) => verdict === "applied").length;
    expect(row.version).toBe(1 + applied);
  });
});
