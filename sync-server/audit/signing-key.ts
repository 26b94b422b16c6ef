import { randomUUID } from "node:crypto";
import { chmodSync, existsSync, linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { calculateJwkThumbprint, exportJWK, generateKeyPair } from "jose";
import { SigningKey } from "#shared/audit/head.ts";
import { err, ok, type Result } from "#shared/result.ts";

/** A new key to sign heads with, named by its thumbprint (RFC 7638). */
export const makeSigningKey = async (): Promise<SigningKey> => {
  const { privateKey } = await generateKeyPair("Ed25519", { extractable: true });
  const jwk = await exportJWK(privateKey);
  return SigningKey.parse({ ...jwk, kid: await calculateJwkThumbprint(jwk) });
};

const parse = (text: string, from: string): Result<SigningKey, string> => {
  try {
    return ok(SigningKey.parse(JSON.parse(text)));
  } catch {
    // What was read is a secret: nothing of it is repeated.
    return err(
      `The audit log's key in ${from} is not an Ed25519 key as a JWK: put its copy there.`,
    );
  }
};

/**
 * The key that the heads of audit logs are signed with (PRT-4): the JWK in RIVERSYNC_AUDIT_KEY, else
 * that of an owner-only file in the server's folder, made at the first start. It is not in the
 * database, so nobody finds it in a backup. Two processes that start at once use one key. Where it
 * cannot be had, a sentence for the person who starts the server.
 */
export const loadSigningKey = async (
  folder: string,
  env: { RIVERSYNC_AUDIT_KEY?: string | undefined },
): Promise<Result<SigningKey, string>> => {
  const { RIVERSYNC_AUDIT_KEY: given } = env;
  if (given !== undefined) return parse(given, "RIVERSYNC_AUDIT_KEY");
  const file = join(folder, "audit-key.json");
  try {
    if (!existsSync(file)) await makeFile(file);
    chmodSync(file, 0o600);
    return parse(readFileSync(file, "utf8"), file);
  } catch (cause) {
    return err(`The audit log's key cannot be kept in ${file}: ${String(cause)}`);
  }
};

/** Whole or not at all, and never over one that is there. */
const makeFile = async (file: string): Promise<void> => {
  const fresh = `${file}.${randomUUID()}`;
  writeFileSync(fresh, JSON.stringify(await makeSigningKey()), { mode: 0o600, flag: "wx" });
  try {
    linkSync(fresh, file);
  } catch (cause) {
    if ((cause as { code?: string }).code !== "EEXIST") throw cause;
  } finally {
    rmSync(fresh, { force: true });
  }
};
