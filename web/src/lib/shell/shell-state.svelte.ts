import { storageHere } from '#lib/live/storage-here.ts';
import { createContext } from 'svelte';

export type Panel = 'palette' | 'shortcuts' | 'attention' | 'inbox' | 'drawer';

const NARROW_NAVIGATION = 'muster:navigation-narrow';

/** Which of the shell's panels is open, and how wide the navigation is. One panel at a time. */
export class ShellState {
  #panel = $state<Panel | null>(null);
  #narrow = $state(storageHere('localStorage').getItem(NARROW_NAVIGATION) !== null);

  get panel(): Panel | null {
    return this.#panel;
  }

  open(panel: Panel): void {
    this.#panel = panel;
  }

  close(panel: Panel): void {
    if (this.#panel === panel) this.#panel = null;
  }

  toggle(panel: Panel): void {
    this.#panel = this.#panel === panel ? null : panel;
  }

  /** The navigation shows icons only. */
  get narrow(): boolean {
    return this.#narrow;
  }

  toggleNarrow(): void {
    this.#narrow = !this.#narrow;
    if (this.#narrow) storageHere('localStorage').setItem(NARROW_NAVIGATION, 'yes');
    else storageHere('localStorage').removeItem(NARROW_NAVIGATION);
  }
}

export const [getShell, setShell] = createContext<ShellState>();
