import type { PersonId } from '@muster/domain/shared';
import type { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import type { SayCaret } from './shared-words.ts';
import type { OthersCaret } from './live-timeline.ts';
import { Grains } from './grains.ts';
import { readPresence } from './presence-state.ts';

/** Who writes in which entry or task of a room, over the room's awareness. Who somebody is, the server says. */
export class Carets {
  readonly #me: PersonId;
  readonly #grains = new Grains<string>();
  #awareness: Awareness | null = null;
  #shown = new Map<string, string>();

  constructor(me: PersonId) {
    this.#me = me;
  }

  /** Subscribes to the carets in this text. */
  in(id: string, text: Y.Text): readonly OthersCaret[] {
    this.#grains.read(id);
    const carets = new Map<PersonId, OthersCaret>();
    for (const [client, state] of this.#awareness?.getStates() ?? []) {
      const words = client === this.#awareness?.clientID ? null : wordsOf(state);
      const seen = words?.id === id ? readPresence(state) : null;
      if (words === null || seen === null || seen.person === this.#me) continue;
      const { person, name, colour } = seen;
      carets.set(person, { person, name, colour, place: placeIn(text, words.head) });
    }
    return [...carets.values()];
  }

  say(id: string, caret: Parameters<SayCaret>[0]): void {
    const awareness = this.#awareness;
    if (awareness === null) return;
    const state = awareness.getLocalState() ?? {};
    // the box that was left may say so after the next one was entered
    if (caret === null && wordsOf(state)?.id !== id) return;
    awareness.setLocalState({ ...state, words: caret && { id, head: caret.head } });
  }

  follow(awareness: Awareness | null): void {
    if (awareness === this.#awareness) return;
    this.#awareness?.off('change', this.#changed);
    this.#awareness = awareness;
    awareness?.on('change', this.#changed);
    this.#changed();
  }

  readonly #changed = (): void => {
    const next = new Map<string, string>();
    for (const [client, state] of this.#awareness?.getStates() ?? []) {
      const words = client === this.#awareness?.clientID ? null : wordsOf(state);
      if (words) next.set(words.id, `${next.get(words.id) ?? ''}|${client} ${JSON.stringify(words.head)}`);
    }
    const before = this.#shown;
    this.#shown = next;
    for (const id of new Set([...before.keys(), ...next.keys()])) {
      if (before.get(id) !== next.get(id)) this.#grains.tell(id);
    }
  };
}

function wordsOf(state: unknown): { readonly id: string; readonly head: unknown } | null {
  const words = (state as { readonly words?: unknown } | null)?.words;
  if (typeof words !== 'object' || words === null) return null;
  const { id, head } = words as Readonly<Record<string, unknown>>;
  return typeof id === 'string' ? { id, head } : null;
}

/** A place that cannot be resolved is the end: better a caret there than none. */
function placeIn(text: Y.Text, head: unknown): number {
  if (text.doc === null) return 0;
  try {
    const relative = Y.createRelativePositionFromJSON(head);
    const absolute = Y.createAbsolutePositionFromRelativePosition(relative, text.doc);
    return absolute?.type === text ? absolute.index : text.length;
  } catch {
    return text.length;
  }
}
