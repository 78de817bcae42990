/**
 * Waits until there is a network. A browser keeps a module that could not be fetched as failed for as long as the page
 * lives (HTML, module map): what is asked for too early does not come later either.
 */
export function fetchable(): Promise<void> {
  if (navigator.onLine) return Promise.resolve();
  return new Promise((resolve) => {
    addEventListener('online', () => resolve(), { once: true });
  });
}
