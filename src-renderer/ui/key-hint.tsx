import classes from "./key-hint.module.css";

const mac = /mac/i.test(navigator.platform);

/** Keys to press, in words of this machine: `keys="mod+K"`. */
export const KeyHint = ({ keys }: { keys: string }) => (
  <span className={classes.keys}>
    {keys.split("+").map((key) => (
      <kbd key={key} className={classes.key}>
        {key === "mod" ? (mac ? "⌘" : "Ctrl") : key}
      </kbd>
    ))}
  </span>
);
