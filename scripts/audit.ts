import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { Command } from "commander";
import { Keys } from "#shared/audit/head.ts";
import type { Failure } from "#shared/failure.ts";
import failures from "../resources/locales/en/failures.json" with { type: "json" };
import { type Verified, verifyFile } from "./audit-verify.ts";

const say = (line: string) => void process.stdout.write(`${line}\n`);

/** The words for a failure, as the app has them. */
const sentencesOf = ({ code, params = {} }: Failure): string[] => {
  const { what, remedy } = failures[code];
  const fill = (text: string) =>
    text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => String(params[name] ?? ""));
  return [fill(what), fill(remedy)];
};

const found = (verified: Verified): string[] => {
  const { head } = verified;
  const signed = `what the server signed on ${head.at}`;
  if (verified.kind === "receipt") {
    return [
      `The receipt holds: ${verified.act} of ${verified.actor} is line ${verified.line} of the audit log ${head.log}.`,
      `Its values are those that were recorded, and it leads to ${signed}, over ${head.size} lines.`,
    ];
  }
  const { earlier } = verified;
  return [
    `The audit log ${head.log} holds: ${head.size} lines, each with the values that were recorded and following from the one before.`,
    `Together they are ${signed}.`,
    ...(earlier === null
      ? []
      : [`It begins with the ${earlier.size} lines that were signed on ${earlier.at}.`]),
  ];
};

const keysIn = async (file: string): Promise<Keys> =>
  Keys.parse(JSON.parse(await readFile(file, "utf8")));

interface Options {
  keys?: string;
  head?: string;
  json?: true;
}

const verify = async (file: string, { keys, head, json }: Options): Promise<void> => {
  const given = head !== undefined && existsSync(head) ? await readFile(head, "utf8") : head;
  const verified = await verifyFile(file, {
    keys: keys === undefined ? undefined : await keysIn(keys),
    earlier: given?.trim(),
  });
  if (!verified.ok) process.exitCode = 1;
  if (json) {
    const { ok } = verified;
    return say(
      JSON.stringify(
        ok
          ? { ok, keys: keys === undefined ? "from the file" : "given", ...verified.value }
          : { ok, failure: verified.error },
      ),
    );
  }
  for (const line of verified.ok ? found(verified.value) : sentencesOf(verified.error)) say(line);
  if (verified.ok && keys === undefined) {
    say("The keys came with the file: give those you know to be the server's with --keys.");
  }
};

const program = new Command("audit").description("Proves audit logs without asking any server");
program
  .command("verify <file>")
  .description("check a receipt, or a whole log as it was exported")
  .option("--keys <file>", "the server's public keys, as /audit/keys gives them (JWKS)")
  .option("--head <file or JWS>", "a signed head that was seen earlier: the log must begin with it")
  .option("--json", "print one JSON object and nothing else")
  .action(async (file: string, options: Options) => {
    try {
      await verify(file, options);
    } catch (cause) {
      process.stderr.write(`It could not be read: ${(cause as Error).message}\n`);
      process.exitCode = 1;
    }
  });

await program.parseAsync();
