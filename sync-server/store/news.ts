import type { Heads } from "./store.ts";

/** What has changed: the feeds that have grown, and the accounts that are not what they were. */
export interface News {
  heads: Heads;
  accounts: readonly string[];
}

/** Entries in one piece: each takes less than 100 bytes, and a NOTIFY carries less than 8,000. */
const PIECE = 50;

/** The same news in pieces that each fit one notification of PostgreSQL; none where there is none. */
export const newsInPieces = ({ heads, accounts }: News): News[] => {
  const grown = Object.entries(heads);
  const count = Math.ceil(Math.max(grown.length, accounts.length) / PIECE);
  return Array.from({ length: count }, (_, i) => ({
    heads: Object.fromEntries(grown.slice(i * PIECE, (i + 1) * PIECE)),
    accounts: accounts.slice(i * PIECE, (i + 1) * PIECE),
  }));
};
