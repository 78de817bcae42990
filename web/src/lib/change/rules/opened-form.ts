import type { Attachment } from 'svelte/attachments';

/** A form that opens in the middle of a page begins at its top, with its first field under the keys. */
export const openedForm: Attachment<HTMLFormElement> = (form) => {
  form.scrollIntoView({ block: 'start' });
  form.querySelector<HTMLElement>('input, select, textarea')?.focus({ preventScroll: true });
};
