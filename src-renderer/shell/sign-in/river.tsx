import classes from "./sign-in.module.css";

const LINES = 26;

/** One contour of the river's bed; neighbours differ a little, so that together they flow. */
const contour = (line: number): string => {
  const y = (x: number) =>
    40 +
    line * 27 +
    Math.sin(x / 118 + line * 0.33) * (16 + line * 0.9) +
    Math.sin(x / 51 - line * 0.21) * 7;
  let path = "";
  for (let x = -20; x <= 660; x += 20) path += `${path === "" ? "M" : "L"}${x} ${y(x).toFixed(1)}`;
  return path;
};

/** The picture of the way in: a river as a survey draws it. */
export const River = () => (
  <svg
    className={classes.river}
    viewBox="0 0 640 760"
    preserveAspectRatio="xMidYMid slice"
    aria-hidden="true"
  >
    {Array.from({ length: LINES }, (_, line) => line).map((line) => (
      <path
        key={line}
        d={contour(line)}
        opacity={0.1 + 0.34 * Math.exp(-(((line - 15) / 5) ** 2))}
        strokeWidth={line === 15 ? 2.2 : 1.2}
      />
    ))}
  </svg>
);
