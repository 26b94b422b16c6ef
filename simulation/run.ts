import "./engine/determinism.ts";

// Only then the product: what it takes at its loading is already ours.
const { main } = await import("./cli.ts");
process.exit(await main(process.argv.slice(2)));
