import type { AccountSource, SourceAccount } from "../account-source.ts";

/** Accounts in memory, which a test can change while a provider runs. */
export const createAccounts = (...people: SourceAccount[]) => {
  const known = new Map(people.map((account) => [account.id, account]));
  const source: AccountSource = {
    byId: async (id) => known.get(id) ?? null,
    byLogin: async (login) =>
      [...known.values()].find((a) => a.login.toLowerCase() === login.toLowerCase()) ?? null,
  };
  return {
    ...source,
    put: (account: SourceAccount) => void known.set(account.id, account),
    remove: (id: string) => void known.delete(id),
  };
};
