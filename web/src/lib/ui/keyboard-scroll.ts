import type { Attachment } from 'svelte/attachments';

const TAKES_FOCUS = 'a[href], button:not(:disabled), input:not(:disabled), select, textarea, [tabindex="0"]';

/** Lets the keyboard scroll a box that overflows and holds nothing that takes focus by itself. */
export const keyboardScroll: Attachment<HTMLElement> = (box) => {
  const update = () => {
    const overflows = box.scrollHeight > box.clientHeight || box.scrollWidth > box.clientWidth;
    if (overflows && box.querySelector(TAKES_FOCUS) === null) box.tabIndex = 0;
    else box.removeAttribute('tabindex');
  };
  const watch = new ResizeObserver(update);
  watch.observe(box);
  return () => watch.disconnect();
};
