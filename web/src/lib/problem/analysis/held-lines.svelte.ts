import { SvelteMap } from 'svelte/reactivity';

/**
 * The lines of a tree that are written in here, each with what it said before. A line that is left by a press elsewhere
 * is let go only after that press: what is pressed would move away under the pointer.
 */
export class HeldLines {
  readonly #before = new SvelteMap<string, string>();
  readonly #left = new Set<string>();
  readonly #onleft: (id: string, before: string) => void;
  #isPressed = false;

  constructor(onleft: (id: string, before: string) => void) {
    this.#onleft = onleft;
  }

  has(id: string): boolean {
    return this.#before.has(id);
  }

  take(id: string, text: string): void {
    this.#left.delete(id);
    if (!this.#before.has(id)) this.#before.set(id, text);
  }

  letGo(id: string): void {
    this.#left.add(id);
    if (!this.#isPressed) this.#soon();
  }

  /** The focus went from the line: unless it is still in it, or the window was left. */
  leave({ currentTarget, relatedTarget }: FocusEvent, id: string): void {
    const line = currentTarget as HTMLElement;
    const isWindowLeft = relatedTarget === null && line.contains(document.activeElement);
    if (!isWindowLeft && !line.contains(relatedTarget as Node | null)) this.letGo(id);
  }

  /** Forgets all, and says nothing of it. */
  close(): void {
    this.#left.clear();
    this.#before.clear();
  }

  readonly press = (): void => {
    this.#isPressed = true;
  };

  readonly release = (): void => {
    this.#isPressed = false;
    this.#soon();
  };

  /** Once whoever hears of the same press or key has heard of it: that may take a line again. */
  #soon(): void {
    setTimeout(() => {
      for (const id of this.#left) {
        const before = this.#before.get(id);
        this.#before.delete(id);
        if (before !== undefined) this.#onleft(id, before);
      }
      this.#left.clear();
    });
  }
}
