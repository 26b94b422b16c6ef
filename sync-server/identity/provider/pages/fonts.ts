import { readFileSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { createRequire } from "node:module";

const packages = createRequire(import.meta.url);

const ranges = {
  thai: "U+02D7, U+0303, U+0331, U+0E01-0E5B, U+200C-200D, U+25CC",
  latin: "U+0000-00FF, U+0131, U+0152-0153, U+02BB-02BC, U+02C6, U+02DA, U+02DC, U+2000-206F",
};

const faces = (["thai", "latin"] as const).flatMap((subset) =>
  ([400, 600] as const).map((weight) => ({
    file: `ibm-plex-sans-thai-${subset}-${weight}-normal.woff2`,
    subset,
    weight,
  })),
);

/** Thai and Latin in one family, also on a computer that has no Thai font. */
export const fontFaces = faces
  .map(
    ({
      file,
      subset,
      weight,
    }) => `@font-face { font-family: "IBM Plex Sans Thai"; font-display: swap;
  font-weight: ${weight}; src: url("/fonts/${file}") format("woff2");
  unicode-range: ${ranges[subset]}; }`,
  )
  .join("\n");

const read = (file: string): Buffer | undefined => {
  try {
    return readFileSync(packages.resolve(`@fontsource/ibm-plex-sans-thai/files/${file}`));
  } catch {
    return undefined;
  }
};

/** Answers a request for one of the fonts; the answer says whether it was one. */
export const sendFont = (path: string, res: ServerResponse): boolean => {
  const face = faces.find(({ file }) => path === `/fonts/${file}`);
  if (face === undefined) return false;
  const font = read(face.file);
  if (font === undefined) res.writeHead(404).end();
  else {
    res.writeHead(200, {
      "content-type": "font/woff2",
      "cache-control": "public, max-age=86400",
      "x-content-type-options": "nosniff",
    });
    res.end(font);
  }
  return true;
};
