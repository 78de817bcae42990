/** What a form needs to know of a navigation that is about to begin. */
export interface Leaving {
  readonly type: string;
  readonly willUnload: boolean;
  readonly from: { readonly url: URL } | null;
  readonly to: { readonly url: URL } | null;
  /** Steps in the browser's history, for Back and Forward alone. */
  readonly delta?: number | undefined;
  cancel(): void;
}

/** Where a held back navigation would have gone. */
export type Way = { readonly steps: number } | { readonly url: URL; readonly unloads: boolean };

/** Holds on to what was written into a form until it is sent, or thrown away on purpose. */
export class Unsent {
  #isWritten = false;
  #isSent = false;
  #way: Way | null = null;
  /** Whether it is being asked what becomes of what was written. */
  isAsking = $state(false);

  written = (): void => {
    this.#isWritten = true;
    this.#isSent = false;
  };

  sent = (): void => {
    this.#isSent = true;
    this.isAsking = false;
  };

  goOn = (): void => {
    this.isAsking = false;
  };

  /** Whether the form may close now. It asks when something would be lost; closing once more goes on writing. */
  mayClose(): boolean {
    if (!this.#isWritten) return true;
    this.#way = null;
    this.isAsking = !this.isAsking;
    return false;
  }

  leaving = (navigation: Leaving): void => {
    const { type, from, to } = navigation;
    // the page that sends a form goes on to what came of it, and one that changes its own address keeps its dialogs
    const isOwn =
      (this.#isSent && type === 'goto') || (to !== null && to.url.pathname === from?.url.pathname);
    if (!this.#isWritten || (isOwn && !navigation.willUnload)) return;
    navigation.cancel();
    // the browser asks by itself before a tab is closed or loaded again
    if (type === 'leave' || to === null) return;
    this.#way =
      navigation.delta === undefined
        ? { url: to.url, unloads: navigation.willUnload }
        : { steps: navigation.delta };
    this.isAsking = true;
  };

  /** Forgets what was written; the way it held back, if any. */
  throwAway(): Way | null {
    this.#isWritten = false;
    this.isAsking = false;
    return this.#way;
  }
}
