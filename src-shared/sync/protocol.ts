/**
 * The version of the wire (S12). Whoever changes a wire or intent schema raises it, and pins the new
 * hash in the test beside this file.
 */
export const PROTOCOL = 1;
