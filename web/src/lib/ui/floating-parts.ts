/**
 * Menus and popovers come after the first load: what opens one is there at once, and what opens comes while the page
 * rests, or with the first wish for it.
 */
export const floatingParts = {
  menu: () => import('./MenuPart.svelte'),
  popover: () => import('./PopoverPart.svelte'),
};

/** Brings in a part without showing it; what cannot be had now is asked for again when it is needed. */
export function fetchPart(load: () => Promise<unknown>): void {
  load().catch(() => undefined);
}
