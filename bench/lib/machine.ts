import { cpus, totalmem } from "node:os";

/** What the figures were measured on. */
export const machineFacts = (): string[] => {
  const processors = cpus();
  const { node, v8, sqlite } = process.versions;
  return [
    `${processors.length} cores, ${processors[0]?.model.trim() ?? "unknown"}`,
    `${Math.round(totalmem() / 2 ** 30)} GB memory, ${process.platform} ${process.arch}`,
    `Node ${node}, V8 ${v8}${sqlite === undefined ? "" : `, SQLite ${sqlite} in Node`}`,
  ];
};
