import { Command, Option } from "commander";
import { decide, explain } from "#shared/access/decide.ts";
import type { AccessLayer } from "#shared/access/layers.ts";
import { type Item, items } from "#shared/access/menu.ts";
import { type Subtype, subtypes, type Template, templates } from "#shared/access/nav.ts";
import failures from "../resources/locales/en/failures.json" with { type: "json" };
import { matrix, viewerWith } from "./access-matrix.ts";

const say = (line: string) => void process.stdout.write(`${line}\n`);

const printMatrix = ({ json }: { json?: true }): void => {
  const rows = matrix();
  if (json) {
    say(JSON.stringify(rows));
    return;
  }
  for (const { subtype, group, item, administrator, coordinator, sales } of rows) {
    const name = `${subtype}  ${group.padEnd(8)} ${item.padEnd(24)}`;
    say(`${name} ${[administrator, coordinator, sales].map((l) => l.padEnd(7)).join(" ")}`);
  }
};

const layerName = (layer: AccessLayer) => failures.layers[layer];

const fill = (text: string, params: Record<string, string | number> = {}) =>
  text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => String(params[name] ?? ""));

interface Asked {
  subtype: Subtype;
  role: Template;
  item: Item;
  level: "read" | "full";
  json?: true;
}

const tell = ({ subtype, role, item, level, json }: Asked): void => {
  const viewer = viewerWith(subtype, role);
  const answers = explain(viewer, { item, level });
  if (json) {
    say(JSON.stringify(answers));
    return;
  }
  for (const { layer, answer } of answers) say(`${answer.padEnd(8)} ${layerName(layer)}`);
  const refused = decide(viewer, { item, level });
  if (refused === null) return;
  const { what, remedy } = failures[refused.code];
  say(`\n${fill(what, refused.params)} ${fill(remedy, refused.params)}`);
};

const program = new Command("npm run -s access --").description(
  "Asks the access engine itself who may do what.",
);
program
  .command("matrix")
  .description("what each template may do with each item of the partners' sidebars")
  .option("--json", "print one JSON array and nothing else")
  .action(printMatrix);
program
  .command("explain")
  .description("what each of the six layers says of one wish")
  .addOption(new Option("--subtype <subtype>").choices(subtypes).default("reseller"))
  .addOption(new Option("--role <template>").choices(templates).makeOptionMandatory())
  .addOption(new Option("--item <item>").choices(items).makeOptionMandatory())
  .addOption(new Option("--level <level>").choices(["read", "full"]).default("read"))
  .option("--json", "print one JSON array and nothing else")
  .action(tell);
program.parse();
