import { changeBetween } from '@muster/documents';
import * as Y from 'yjs';
import type { LiveWords } from './live-timeline.ts';

/** Tells others where this person's caret is, as they resolve it; null when it left. */
export type SayCaret = (caret: { readonly anchor: unknown; readonly head: unknown } | null) => void;

/**
 * Ties a box of plain text to a shared one. The box keeps the browser's own keys, input methods and screen readers;
 * only what differs crosses. While an input method composes, nothing crosses in either direction: what came meanwhile
 * is taken in when the word is whole.
 */
export class SharedWords implements LiveWords {
  readonly #text: Y.Text;
  readonly #undo: Y.UndoManager;
  readonly #say: SayCaret;
  readonly #listeners = new Set<(text: string, placeOf: (index: number) => number) => void>();
  /** What the box was last known to read, and the way from its places to those of the shared text. */
  #shown: string;
  #placeOf: (index: number) => number = same;
  #composing = false;

  constructor(text: Y.Text, say: SayCaret) {
    this.#text = text;
    this.#say = say;
    this.#shown = text.toString();
    this.#undo = new Y.UndoManager(text, { trackedOrigins: new Set([this]) });
    text.observe(this.#observe);
  }

  get text(): string {
    return this.#text.toString();
  }

  write(value: string): void {
    if (this.#composing) return;
    const change = changeBetween(this.#shown, value);
    if (change === null) return;
    const from = this.#placeOf(change.index);
    const to = this.#placeOf(change.index + change.removed);
    this.#shown = value;
    this.#text.doc?.transact(() => {
      if (to > from) this.#text.delete(from, to - from);
      if (change.inserted !== '') this.#text.insert(from, change.inserted);
    }, this);
  }

  compose(composing: boolean, value: string): void {
    this.#composing = composing;
    if (composing) return;
    const meanwhile = this.#placeOf;
    this.write(value);
    this.#placeOf = same;
    const text = this.text;
    if (text === this.#shown) return;
    this.#shown = text;
    for (const listener of this.#listeners) listener(text, meanwhile);
  }

  onOthers(listener: (text: string, placeOf: (index: number) => number) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  caret(anchor: number, head: number): void {
    const place = (index: number) =>
      Y.relativePositionToJSON(
        Y.createRelativePositionFromTypeIndex(this.#text, Math.min(index, this.#text.length), -1),
      ) as unknown;
    this.#say({ anchor: place(anchor), head: place(head) });
  }

  undo(): void {
    this.#undo.undo();
  }

  redo(): void {
    this.#undo.redo();
  }

  close(): void {
    this.#text.unobserve(this.#observe);
    this.#undo.destroy();
    this.#listeners.clear();
    this.#say(null);
  }

  readonly #observe = (event: Y.YTextEvent, transaction: Y.Transaction): void => {
    if (transaction.origin === this) return;
    const placeOf = placeThrough(event.delta as readonly Delta[]);
    if (this.#composing) {
      const before = this.#placeOf;
      this.#placeOf = (index) => placeOf(before(index));
      return;
    }
    this.#shown = this.text;
    for (const listener of this.#listeners) listener(this.#shown, placeOf);
  };
}

interface Delta {
  readonly retain?: number;
  readonly insert?: unknown;
  readonly delete?: number;
}

const same = (index: number): number => index;

/** Where a place in the text before a change is after it. What is inserted at the place itself comes after it. */
function placeThrough(delta: readonly Delta[]): (index: number) => number {
  return (index) => {
    let left = index;
    let place = 0;
    for (const { retain = 0, insert, delete: removed = 0 } of delta) {
      if (left <= 0) break;
      if (typeof insert === 'string') place += insert.length;
      place += Math.min(retain, left);
      left -= Math.min(left, retain + removed);
    }
    return place + left;
  };
}
