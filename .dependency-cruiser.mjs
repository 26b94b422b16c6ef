/**
 * The arrows of ARCHITECTURE.md: src-main, src-renderer and sync-server point to src-shared, which
 * points to nothing; never sideways; a feature never imports another feature.
 */
const only = (name, from, allowed, comment) => ({
  name,
  severity: "error",
  comment,
  from: { path: from },
  to: { path: "^(src-shared|src-main|src-renderer|sync-server)/", pathNot: allowed },
});

export default {
  forbidden: [
    only(
      "shared-is-a-leaf",
      "^src-shared/",
      "^src-shared/",
      "shared code depends on nothing of ours",
    ),
    only(
      "main-to-shared",
      "^src-main/",
      "^src-(main|shared)/",
      "the client never imports the server",
    ),
    only(
      "renderer-to-shared",
      "^src-renderer/",
      "^src-(renderer|shared)/",
      "the renderer speaks to the core over its contract",
    ),
    only(
      "server-to-shared",
      "^sync-server/",
      "^(sync-server|src-shared)/",
      "the server never imports the client",
    ),
    {
      name: "core-knows-no-host",
      severity: "error",
      from: { path: "^src-main/core/" },
      to: { path: "^src-main/(electron|browser)/" },
    },
    {
      name: "hosts-are-separate",
      severity: "error",
      from: { path: "^src-main/(electron|browser)/" },
      to: { path: "^src-main/(electron|browser)/", pathNot: "^src-main/$1/" },
    },
    {
      name: "features-are-separate",
      severity: "error",
      from: { path: "^src-renderer/apps/([^/]+)/([^/]+)/" },
      to: { path: "^src-renderer/apps/", pathNot: "^src-renderer/apps/$1/($2/|[^/]+$)" },
    },
    {
      name: "entities-are-separate",
      severity: "error",
      comment: "an entity may read another's schema, never its rules",
      from: { path: "^src-shared/domain/([^/]+)/" },
      to: { path: "^src-shared/domain/[^/]+/intents", pathNot: "^src-shared/domain/$1/" },
    },
    {
      name: "shared-is-pure",
      severity: "error",
      from: { path: "^src-shared/", pathNot: "\\.test\\.ts$" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "no-circular",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "node_modules" },
    parser: "swc",
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default"],
    },
  },
};
