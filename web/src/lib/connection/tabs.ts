/** Runs `work` while no other tab runs anything under the same name. */
export type Exclusive = <Value>(work: () => Promise<Value>) => Promise<Value>;

/** Says something to the other tabs of the same person. */
export interface TabChannel {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): () => void;
  close(): void;
}

/**
 * A Web Lock by name. Without the API (a page over plain HTTP on another host) each tab works alone,
 * which is safe for commands: the server answers the same id with the same outcome. For the same reason a tab
 * that holds the lock and does nothing, frozen or stuck, loses it to the next one.
 */
export function exclusiveOverTabs(name: string, patienceMs = LOCK_PATIENCE_MS): Exclusive {
  const locks = typeof navigator === 'undefined' ? undefined : navigator.locks;
  if (!locks) return (work) => work();
  return async (work) => {
    try {
      return await locks.request(name, { signal: AbortSignal.timeout(patienceMs) }, work);
    } catch (error) {
      if (!isTimeout(error)) throw error;
    }
    return await locks.request(name, { steal: true }, work);
  };
}

/** Longer than any batch takes: its request and its two transactions give up before. */
const LOCK_PATIENCE_MS = 60_000;

function isTimeout(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'TimeoutError';
}

/** Without the API tabs do not hear each other; what they share they find on the disk. */
export function openTabChannel(name: string): TabChannel {
  if (typeof BroadcastChannel === 'undefined') return SILENT;
  const channel = new BroadcastChannel(name);
  let open = true;
  return {
    post(message) {
      // what ends after the tab has closed has nobody to tell
      if (open) channel.postMessage(message);
    },
    onMessage(listener) {
      const hear = (event: MessageEvent) => listener(event.data);
      channel.addEventListener('message', hear);
      return () => channel.removeEventListener('message', hear);
    },
    close() {
      open = false;
      channel.close();
    },
  };
}

const SILENT: TabChannel = {
  post: () => undefined,
  onMessage: () => () => undefined,
  close: () => undefined,
};
