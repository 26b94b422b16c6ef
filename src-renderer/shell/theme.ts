import {
  ActionIcon,
  Button,
  createTheme,
  type MantineColorsTuple,
  Menu,
  Modal,
  Popover,
  Tooltip,
} from "@mantine/core";

/** The one accent: deep water. Shade 7 carries white text. */
const river: MantineColorsTuple = [
  "#e6f4f6",
  "#cfe8ec",
  "#a3d3db",
  "#6fbac6",
  "#3f9fae",
  "#208897",
  "#127887",
  "#0b6a79",
  "#085865",
  "#054751",
];

/** Night over water, from text to the deepest ground. */
const dark: MantineColorsTuple = [
  "#e3edef",
  "#c0ced2",
  "#9aafb5",
  "#6f868d",
  "#324850",
  "#263a41",
  "#17262b",
  "#101c20",
  "#0b1518",
  "#071012",
];

const gray: MantineColorsTuple = [
  "#f7f9f9",
  "#eff3f3",
  "#e4eaea",
  "#d6dfe0",
  "#c0cccd",
  "#93a5a8",
  "#6b8085",
  "#4d6167",
  "#2c3e43",
  "#14252a",
];

/** The look of every part: dense, calm, one type family for Latin and Thai. */
export const theme = createTheme({
  primaryColor: "river",
  primaryShade: { light: 7, dark: 6 },
  colors: { river, dark, gray },
  fontFamily: '"IBM Plex Sans Thai", system-ui, sans-serif',
  fontFamilyMonospace: '"IBM Plex Mono", ui-monospace, monospace',
  fontSizes: { xs: "12px", sm: "13px", md: "14px", lg: "16px", xl: "18px" },
  lineHeights: { xs: "1.4", sm: "1.45", md: "1.5", lg: "1.5", xl: "1.45" },
  headings: { fontWeight: "600" },
  defaultRadius: "md",
  radius: { xs: "3px", sm: "4px", md: "6px", lg: "10px", xl: "16px" },
  cursorType: "pointer",
  focusRing: "auto",
  respectReducedMotion: true,
  components: {
    Button: Button.extend({ defaultProps: { size: "xs" }, styles: { root: { fontWeight: 500 } } }),
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: "subtle", color: "gray" } }),
    Tooltip: Tooltip.extend({
      defaultProps: { openDelay: 350, withArrow: false, fz: "xs", multiline: true, maw: 320 },
    }),
    Menu: Menu.extend({ defaultProps: { shadow: "md", withinPortal: true } }),
    Popover: Popover.extend({ defaultProps: { shadow: "md" } }),
    Modal: Modal.extend({
      defaultProps: {
        centered: true,
        padding: "lg",
        radius: "lg",
        overlayProps: { backgroundOpacity: 0.35 },
      },
    }),
  },
});
