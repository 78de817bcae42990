import type { EditorProps } from '@tiptap/pm/view';

/** Between the caret and the edge that it is scrolled clear of, in pixels. */
const GAP = 5;

/**
 * Has an editor scroll its caret clear of what lies over the lower edge of the scrolling part, a place to write
 * that stays in sight. The style `--covered-below` says how high that is; it is read at each move of the caret.
 */
export function clearOfWhatCovers(
  element: HTMLElement,
): Pick<EditorProps, 'scrollThreshold' | 'scrollMargin'> {
  const covered = () => parseFloat(getComputedStyle(element).getPropertyValue('--covered-below')) || 0;
  const sides = { top: 0, left: 0, right: 0 };
  return {
    scrollThreshold: {
      ...sides,
      get bottom() {
        return covered();
      },
    },
    scrollMargin: {
      ...{ top: GAP, left: GAP, right: GAP },
      get bottom() {
        return covered() + GAP;
      },
    },
  };
}
