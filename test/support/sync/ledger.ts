/** What people were told by servers that died since: it must be there when the next one answers. */
import { parseName, readRows, roomFragment, textOf } from '@muster/documents';
import type { Ticket } from '@muster/domain/shared';
import type * as Y from 'yjs';

export class Ledger {
  /** Words that a room must hold: acknowledged to who wrote them, or seen by who did not. */
  readonly #words = new Map<string, Set<string>>();
  /** Rows as somebody last saw them on a board. */
  readonly #rows = new Map<string, Ticket>();

  noteWord(room: string, word: string): void {
    const words = this.#words.get(room) ?? new Set();
    this.#words.set(room, words.add(word));
  }

  /** Takes down all that a copy shows of what others wrote. */
  noteShown(name: string, copy: Y.Doc): void {
    if (parseName(name)?.kind === 'board') {
      for (const ticket of readRows(copy).tickets) {
        const known = this.#rows.get(ticket.id);
        if (known === undefined || known.version < ticket.version) this.#rows.set(ticket.id, ticket);
      }
    } else {
      for (const word of wordsOf(copy)) this.noteWord(name, word);
    }
  }

  get rooms(): readonly string[] {
    return [...this.#words.keys()];
  }

  /** Words of a room that a copy lacks. */
  lostIn(room: string, copy: Y.Doc): readonly string[] {
    const there = new Set(wordsOf(copy));
    return [...(this.#words.get(room) ?? [])].filter((word) => !there.has(word));
  }

  /** Rows that boards show as older than they were shown, or otherwise at the same version. */
  lostOn(boards: readonly Y.Doc[]): readonly string[] {
    const shown = new Map(
      boards.flatMap((doc) => readRows(doc).tickets).map((one) => [one.id as string, one]),
    );
    return [...this.#rows.values()].flatMap((before) => {
      const now = shown.get(before.id);
      if (now === undefined) return [`${before.id} is on no board`];
      if (now.version < before.version)
        return [`${before.id} is version ${now.version}, not ${before.version}`];
      const same = now.version > before.version || JSON.stringify(now) === JSON.stringify(before);
      return same ? [] : [`${before.id} is another version ${before.version}`];
    });
  }
}

/** The words of a room's notes, a paragraph each. */
export function wordsOf(room: Y.Doc): readonly string[] {
  return textOf(roomFragment(room, 'notes'))
    .split('\n')
    .filter((word) => word !== '');
}
