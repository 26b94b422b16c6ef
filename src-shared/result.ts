/** The outcome of something that may fail: errors are values, never thrown across a boundary. */
export type Result<T, E> = { ok: true; value: T } | { ok: false; error: E };

/** A success carrying `value`. */
export const ok = <T>(value: T): { ok: true; value: T } => ({ ok: true, value });

/** A failure carrying `error`. */
export const err = <E>(error: E): { ok: false; error: E } => ({ ok: false, error });
