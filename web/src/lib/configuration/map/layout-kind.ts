/** How the nodes of a map are arranged, as its address says it and as whoever chooses it reads it. */

/** What hangs stands to the right of what carries it, the same closer together, or below it. */
export const LAYOUT_KINDS = ['right', 'compact', 'down'] as const;
export type LayoutKind = (typeof LAYOUT_KINDS)[number];

export const DEFAULT_LAYOUT: LayoutKind = 'right';

export const LAYOUT_WORDS: Readonly<Record<LayoutKind, string>> = {
  right: 'Left to right',
  compact: 'Left to right, close',
  down: 'Top to bottom',
};

export function isLayoutKind(text: string | null): text is LayoutKind {
  return LAYOUT_KINDS.some((kind) => kind === text);
}

/** Where what an item hangs on stands, and where what falls with it does. */
export function sidesOf(kind: LayoutKind): { readonly carriers: string; readonly hanging: string } {
  return kind === 'down'
    ? { carriers: 'above it', hanging: 'below it' }
    : { carriers: 'to its left', hanging: 'to its right' };
}
