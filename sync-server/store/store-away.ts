/** What SQLite says when it is the disk, and not the question, that is at fault. */
const sqlite = /^SQLITE_(FULL|READONLY|IOERR|CANTOPEN|BUSY|LOCKED|PROTOCOL)/;

/** PostgreSQL: no connection, no room, read only, being shut down. */
const postgres = /^(08|53|57P|25006)/;

/** The connection itself. */
const network = new Set(["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT", "ENOSPC"]);

/** What a connection to PostgreSQL says that broke, or could not be had in time: it has no code. */
const broken =
  /^(Connection terminated|timeout exceeded when trying to connect|Client .* is not queryable$)/;

/**
 * Whether an error says that the store cannot work at all now. It says nothing of what was asked:
 * whoever asked keeps it, and asks again (S5).
 */
export const isStoreAway = (error: unknown): boolean => {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  if (typeof code !== "string") return typeof message === "string" && broken.test(message);
  return sqlite.test(code) || postgres.test(code) || network.has(code);
};
