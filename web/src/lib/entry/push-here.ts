/** What the shell does for news that this device shows while no page is looked at; all else is under `channels`. */

const PATIENCE_MS = 3_000;

/** Whoever signs out here is told nothing more here; a push service that cannot be reached holds nobody up. */
export async function unsubscribe(): Promise<void> {
  const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
  await Promise.race([letGo().catch(() => undefined), patience]);
}

async function letGo(): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration();
  const subscription = await registration?.pushManager?.getSubscription();
  await subscription?.unsubscribe();
}

/** Goes where a click on such news leads, in this page. The answer ends it. */
export function onPushed(go: (href: string) => void): () => void {
  const heed = ({ data }: MessageEvent<unknown>) => {
    const asked = data as { readonly type?: unknown; readonly path?: unknown } | null;
    if (asked?.type === 'open' && typeof asked.path === 'string' && asked.path.startsWith('/'))
      go(asked.path);
  };
  navigator.serviceWorker?.addEventListener('message', heed);
  return () => navigator.serviceWorker?.removeEventListener('message', heed);
}
