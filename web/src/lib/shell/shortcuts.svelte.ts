import { storageHere } from '#lib/live/storage-here.ts';
import { createContext, onDestroy, untrack } from 'svelte';
import { KeyChords } from './key-chords.ts';

/** Something a person can do here: by its key, from the shortcut sheet, from the command palette. */
export interface Act {
  readonly label: string;
  readonly run: () => void;
  /**
   * `j`, `Shift+A`, `Mod+K`, a chord `g q`, or several ways: `['j', 'ArrowDown']`.
   * Acts without keys are in the palette only.
   */
  readonly keys?: string | readonly string[];
  /** Other words that find it in the palette. */
  readonly also?: string;
  /** Whether it makes sense now. The key passes on when it does not. */
  readonly when?: () => boolean;
  /** The key works while typing too. Meant for keys with `Mod`. */
  readonly whileTyping?: boolean;
  /** Not in the palette: moving a cursor, closing a panel. */
  readonly keysOnly?: boolean;
}

export interface ActGroup {
  /** Where the acts belong, the heading in sheet and palette: `Everywhere`, `Queue`, `Record`. */
  readonly context: string;
  readonly acts: readonly Act[];
}

const SINGLE_KEYS_OFF = 'muster:single-keys-off';

/**
 * The one registry of keys and acts. Screens register their own while they are on the page;
 * the screen that came last goes first, so `a` may mean another thing in a list than elsewhere.
 */
export class Shortcuts {
  // plain, not state: the next page registers before the one before it leaves, and both happen within one
  // navigation, whose parts do not see each other's state
  readonly #groups = new Set<{ readonly context: string; readonly acts: () => readonly Act[] }>();
  #changes = $state(0);
  #singleKeys = $state(storageHere('localStorage').getItem(SINGLE_KEYS_OFF) === null);
  readonly #chords = new KeyChords();
  #resting = 0;

  /** Everything that can be done here, the innermost screen first; each context once, whoever adds to it. */
  get groups(): readonly ActGroup[] {
    void this.#changes;
    const byContext = new Map<string, Act[]>();
    for (const { context, acts } of this.#groups) {
      byContext.set(context, [...(byContext.get(context) ?? []), ...acts()]);
    }
    return [...byContext].map(([context, acts]) => ({ context, acts })).reverse();
  }

  /** Keys without `Mod` can be turned off, for people who speak to their computer. */
  get singleKeys(): boolean {
    return this.#singleKeys;
  }

  setSingleKeys(on: boolean): void {
    this.#singleKeys = on;
    if (on) storageHere('localStorage').removeItem(SINGLE_KEYS_OFF);
    else storageHere('localStorage').setItem(SINGLE_KEYS_OFF, 'yes');
  }

  /** Adds acts until the returned function is called. `acts` is asked at every key, so it may change. */
  register(context: string, acts: () => readonly Act[]): () => void {
    const group = { context, acts };
    this.#groups.add(group);
    untrack(() => (this.#changes += 1));
    return () => {
      this.#groups.delete(group);
      untrack(() => (this.#changes += 1));
    };
  }

  /** Lets keys act on nothing until the returned function is called. */
  rest(): () => void {
    this.#resting += 1;
    return () => {
      this.#resting -= 1;
    };
  }

  /** For `<svelte:window onkeydown>`. Runs the act of the key, when there is one. */
  readonly handle = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing || this.#resting > 0) return;
    const typing = isTyping(event.target) || isInDialog(event.target);
    const candidates = [...this.#groups]
      .reverse()
      .flatMap(({ acts }) => acts())
      .filter((act) => this.#listens(act, event, typing));
    const act = this.#chords.take(event, candidates);
    if (act === 'waiting') event.preventDefault();
    if (act === null || act === 'waiting') return;
    event.preventDefault();
    act.run();
  };

  #listens(act: Act, event: KeyboardEvent, typing: boolean): boolean {
    if (act.keys === undefined || act.when?.() === false) return false;
    const withMod = event.metaKey || event.ctrlKey;
    if (typing) return act.whileTyping === true;
    return withMod || this.#singleKeys || act.whileTyping === true;
  }
}

export const [getShortcuts, setShortcuts] = createContext<Shortcuts>();

/** Registers acts for as long as the component lives. Call it while the component is being made. */
export function useShortcuts(context: string, acts: () => readonly Act[]): void {
  onDestroy(getShortcuts().register(context, acts));
}

/** A dialog lies over the page: letters pressed in it are not meant for what is behind. */
function isInDialog(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[role="dialog"], [role="alertdialog"]') !== null;
}

/** Whether keys go into text. Menus and lists handle their own keys and mark them as handled. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable) return true;
  if (target instanceof HTMLInputElement)
    return !['checkbox', 'radio', 'button', 'range'].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}
