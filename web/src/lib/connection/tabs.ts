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
 * which is safe for commands: the server answers the same id with the same outcome.
 */
export function exclusiveOverTabs(name: string): Exclusive {
  const locks = typeof navigator === 'undefined' ? undefined : navigator.locks;
  if (!locks) return (work) => work();
  return async (work) => await locks.request(name, work);
}

export function openTabChannel(name: string): TabChannel {
  const channel = new BroadcastChannel(name);
  return {
    post: (message) => channel.postMessage(message),
    onMessage(listener) {
      const hear = (event: MessageEvent) => listener(event.data);
      channel.addEventListener('message', hear);
      return () => channel.removeEventListener('message', hear);
    },
    close: () => channel.close(),
  };
}
