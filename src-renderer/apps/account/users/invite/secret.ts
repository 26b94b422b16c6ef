import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/** How much chance is in an invitation's secret, bytes. */
const SECRET_BYTES = 32;

/** An invitation as it is made: its secret, which is shown once, and its hash, which alone is sent. */
export interface Invitation {
  /** Base64url, without padding (RFC 4648). */
  secret: string;
  /** SHA-256 of the secret's text, hexadecimal. */
  hash: string;
}

/** Makes an invitation that nobody can guess. */
export const makeInvitation = (): Invitation => {
  const bytes = crypto.getRandomValues(new Uint8Array(SECRET_BYTES));
  const secret = btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
  return { secret, hash: bytesToHex(sha256(utf8ToBytes(secret))) };
};

/** The address that accepts an invitation. The secret stands after the "#": no server log has it. */
export const invitationLink = (serverUrl: string, secret: string): string =>
  `${serverUrl.replace(/\/+$/, "")}/invitation#${secret}`;
