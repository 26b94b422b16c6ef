/** The names of this very machine. */
const loopback = new Set(["127.0.0.1", "[::1]", "localhost"]);

/** Whether `url` is safe to sign in at: https, or http on this machine. */
export const isSecureOrLoopback = (url: string): boolean => {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return protocol === "https:" || (protocol === "http:" && loopback.has(hostname));
};

/**
 * Whether `url` may be handed to the person's browser: https, or the provider that was configured
 * on this machine. Everything else could start a program.
 */
export const mayOpenOutside = (url: string, issuer: string): boolean => {
  if (!URL.canParse(url)) return false;
  const { protocol, origin, username, password } = new URL(url);
  if (username !== "" || password !== "") return false;
  if (protocol === "https:") return true;
  return protocol === "http:" && isSecureOrLoopback(url) && origin === new URL(issuer).origin;
};
