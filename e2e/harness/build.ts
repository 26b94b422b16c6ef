import { buildRenderer } from "../../scripts/build-renderer.ts";

/** Runs once before all files: they show what the sources say, not what was built yesterday. */
export default buildRenderer;
