const fields =
  "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable=true], [role=combobox]";

/** Whether keys go to a field or to an open dialog, and so mean nothing else. */
export const isTyping = (target: EventTarget | null): boolean =>
  document.querySelector("[role=dialog][aria-modal=true]") !== null ||
  (target instanceof Element && target.closest(fields) !== null);
