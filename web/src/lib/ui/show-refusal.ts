import { tick } from 'svelte';
import type { Attachment } from 'svelte/attachments';

const REFUSAL = '[role="alert"], [aria-invalid="true"]';

/** Leads whoever sends a form to why it was refused, which may stand above what is scrolled to; not whoever types on. */
export const showRefusal: Attachment<HTMLElement> = (box) => {
  let isAsked = false;
  const look = () => {
    const refusal = isAsked ? box.querySelector<HTMLElement>(REFUSAL) : null;
    if (refusal === null) return;
    isAsked = false;
    if (refusal.matches('[role="alert"]')) refusal.tabIndex = -1;
    refusal.focus();
    refusal.scrollIntoView({ block: 'nearest' });
  };
  const asked = () => {
    isAsked = true;
    void tick().then(look);
  };
  const goesOn = () => (isAsked = false);
  // what the server refuses comes later
  const watch = new MutationObserver(look);
  watch.observe(box, { childList: true, subtree: true, attributeFilter: ['aria-invalid'] });
  box.addEventListener('submit', asked);
  box.addEventListener('input', goesOn);
  return () => {
    watch.disconnect();
    box.removeEventListener('submit', asked);
    box.removeEventListener('input', goesOn);
  };
};
