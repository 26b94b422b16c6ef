/** Asymmetric only: with a shared-secret algorithm a public key could be used to forge tokens. */
export const asymmetric = [
  ...["ES256", "ES384", "ES512", "RS256", "RS384", "RS512"],
  ...["PS256", "PS384", "PS512", "EdDSA", "Ed25519"],
];
