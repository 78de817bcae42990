import { createContext } from 'svelte';

/** What Chromium offers before an app is installed; not in the standard library. */
interface InstallOffer extends Event {
  prompt(): Promise<unknown>;
}

/** Whether the browser would install Muster as an app now. */
export class Install {
  #offer = $state.raw<InstallOffer | null>(null);

  get offered(): boolean {
    return this.#offer !== null;
  }

  /** For `<svelte:window onbeforeinstallprompt>`: keeps the offer for the menu instead of a bar of the browser's. */
  readonly keep = (event: Event): void => {
    event.preventDefault();
    this.#offer = event as InstallOffer;
  };

  async run(): Promise<void> {
    const offer = this.#offer;
    this.#offer = null;
    await offer?.prompt();
  }
}

export const [getInstall, setInstall] = createContext<Install>();
