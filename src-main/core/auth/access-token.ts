/** A request as far as a proof of it speaks (RFC 9449, section 4.2). */
export interface ToProve {
  method: string;
  url: string;
  /** What the server said to make the next proof with; undefined where it has said nothing yet. */
  nonce: string | undefined;
}

/**
 * An access token, and how its holder proves to be who it was issued to: with a proof for each
 * request (RFC 9449), or, where the issuer cannot bind its tokens, not at all.
 */
export interface AccessToken {
  value: string;
  prove: ((request: ToProve) => Promise<string>) | null;
}

/** A token that is bound to nothing but its secrecy. */
export const bearer = (value: string): AccessToken => ({ value, prove: null });
