/** What the menus say. They stand before the renderer and its texts are there. */
const en = {
  file: "File",
  edit: "Edit",
  view: "View",
  window: "Window",
  open: "Open RiverSync",
  syncNow: "Sync now",
  close: "Close window",
  quit: "Quit RiverSync",
  undo: "Undo",
  redo: "Redo",
  cut: "Cut",
  copy: "Copy",
  paste: "Paste",
  selectAll: "Select all",
  reload: "Reload",
  zoomIn: "Zoom in",
  zoomOut: "Zoom out",
  zoomReset: "Actual size",
  fullScreen: "Full screen",
  minimize: "Minimise",
  tools: "Developer tools",
};

const th: typeof en = {
  file: "ไฟล์",
  edit: "แก้ไข",
  view: "มุมมอง",
  window: "หน้าต่าง",
  open: "เปิด RiverSync",
  syncNow: "ซิงค์ตอนนี้",
  close: "ปิดหน้าต่าง",
  quit: "ออกจาก RiverSync",
  undo: "เลิกทำ",
  redo: "ทำซ้ำ",
  cut: "ตัด",
  copy: "คัดลอก",
  paste: "วาง",
  selectAll: "เลือกทั้งหมด",
  reload: "โหลดใหม่",
  zoomIn: "ขยาย",
  zoomOut: "ย่อ",
  zoomReset: "ขนาดจริง",
  fullScreen: "เต็มหน้าจอ",
  minimize: "ย่อเก็บ",
  tools: "เครื่องมือนักพัฒนา",
};

/** The languages of the menus. */
export type MenuLanguage = "en" | "th";

/** The texts of the menus in each language. */
export const menuLabels: Record<MenuLanguage, typeof en> = { en, th };

/** The language chosen in the product, else the system's, else English. */
export const menuLanguage = (chosen: MenuLanguage | null, locale: string): MenuLanguage =>
  chosen ?? (locale.toLowerCase().startsWith("th") ? "th" : "en");
