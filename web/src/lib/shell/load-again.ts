import { showToast } from '#lib/ui/toast.ts';

/** Loads the page again, where the server can be reached: without it the page that is here would be gone as well. */
export async function loadAgain(): Promise<void> {
  try {
    await fetch('/healthz', { cache: 'no-store' });
  } catch {
    showToast('The server cannot be reached just now.', {
      tone: 'warning',
      detail: 'This page stays as it is. Try again in a while.',
    });
    return;
  }
  location.reload();
}
