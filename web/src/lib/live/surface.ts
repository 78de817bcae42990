/** What the living state needs of the page around it. */
export interface Surface {
  readonly location: Pick<Location, 'protocol' | 'host'>;
  /** False only when the device is sure to have no network. */
  isOnline(): boolean;
  isHidden(): boolean;
  onVisibility(listener: () => void): () => void;
  onOnline(listener: () => void): () => void;
  onOffline(listener: () => void): () => void;
  /** Asks before the page goes when `wouldLose` says that something would be lost. */
  onLeave(wouldLose: () => boolean): () => void;
  /** Asks the browser not to throw the local copy away when room gets short; whether it promised. */
  askToPersist(): Promise<boolean> | undefined;
}

/** The browser's page. */
export function pageSurface(): Surface {
  return {
    location: window.location,
    isOnline: () => navigator.onLine,
    isHidden: () => document.visibilityState === 'hidden',
    onVisibility: (listener) => listen(document, 'visibilitychange', listener),
    onOnline: (listener) => listen(window, 'online', listener),
    onOffline: (listener) => listen(window, 'offline', listener),
    onLeave: (wouldLose) =>
      listen(window, 'beforeunload', (event) => {
        if (wouldLose()) event.preventDefault();
      }),
    askToPersist: () => navigator.storage?.persist?.().catch(() => false),
  };
}

function listen(target: EventTarget, type: string, listener: (event: Event) => void): () => void {
  target.addEventListener(type, listener);
  return () => target.removeEventListener(type, listener);
}
