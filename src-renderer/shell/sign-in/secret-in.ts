/** What the secret of an invitation is made of (base64url), and at least so many of it. */
const SECRET = /^[\w-]{20,200}$/;

/**
 * The secret of an invitation out of what somebody pasted: the whole link or the secret alone. Null
 * of what can be neither, as the link is without what stands after its "#".
 */
export const secretIn = (pasted: string): string | null => {
  const secret = pasted.slice(pasted.lastIndexOf("#") + 1).trim();
  return SECRET.test(secret) ? secret : null;
};
