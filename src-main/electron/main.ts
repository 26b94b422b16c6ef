import { join } from "node:path";
import * as electron from "electron";
import { launch } from "./launch.ts";

launch(electron, {
  argv: process.argv.slice(1),
  settingsFile: join(process.resourcesPath, "riversync.json"),
});
