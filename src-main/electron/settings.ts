import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { err, ok, type Result } from "#shared/result.ts";
import { isSecureOrLoopback } from "./external-url.ts";

const address = z.url().refine(isSecureOrLoopback, "https is needed beyond this machine");

/** Whom the program works with. Without any settings, the demo on this machine. */
const Settings = z.object({
  data: z.string().min(1).optional(),
  server: address.default("http://127.0.0.1:4070"),
  issuer: address.default("http://127.0.0.1:4071"),
  "client-id": z.string().min(1).default("riversync-desktop"),
});
export type Settings = z.infer<typeof Settings>;

const text = { type: "string" } as const;
const options = { data: text, server: text, issuer: text, "client-id": text };

const fromFile = (file: string): Result<Record<string, unknown>, string> => {
  let content: string;
  try {
    content = readFileSync(file, "utf8");
  } catch {
    return ok({});
  }
  try {
    return ok(z.record(z.string(), z.unknown()).parse(JSON.parse(content)));
  } catch {
    return err(`${file} is not a JSON object.`);
  }
};

/**
 * The settings, from the command line, else from `file`, which whoever installs the program puts
 * beside it. Chromium's own switches stand on the command line too and are passed over.
 */
export const readSettings = (argv: string[], file: string): Result<Settings, string> => {
  const installed = fromFile(file);
  if (!installed.ok) return installed;
  const { values } = parseArgs({ args: argv, options, strict: false, allowPositionals: true });
  const given = Object.entries(values).filter(([name]) => name in options);
  const parsed = Settings.safeParse({ ...installed.value, ...Object.fromEntries(given) });
  if (!parsed.success) return err(`Settings: ${z.prettifyError(parsed.error)}`);
  const { data } = parsed.data;
  return ok(data === undefined ? parsed.data : { ...parsed.data, data: resolve(data) });
};
