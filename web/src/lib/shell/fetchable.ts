/**
 * Waits until what a page lacks can be asked for. A browser keeps a module that could not be fetched as failed for as
 * long as the page lives (HTML, module map), so what is asked for without a network would not come with the network
 * either. A service worker that is in charge of the page has all of it: then there is nothing to wait for.
 */
export function fetchable(): Promise<void> {
  if (mayFetch()) return Promise.resolve();
  return new Promise((resolve) => {
    addEventListener('online', () => resolve(), { once: true });
  });
}

/** Whether a module that is not here yet would be found: by a worker, or by a network as far as the device knows. */
export function mayFetch(): boolean {
  return navigator.onLine || Boolean(navigator.serviceWorker?.controller);
}
