/** Nothing but a hash ever becomes part of a path or key. */
export const checkedHash = (hash: string): string => {
  if (!/^[0-9a-f]{64}$/.test(hash)) throw new TypeError("not a hash");
  return hash;
};
