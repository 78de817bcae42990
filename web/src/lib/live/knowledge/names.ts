import type { RecordId } from '@muster/domain/shared';
import { plainWord, splitWords } from './telling-words.ts';

type Words = readonly string[];

/** What a thing is called, whatever the words are. */
export interface Named {
  /** Said wherever a text has it. */
  readonly anywhere: readonly string[];
  /** Said where a text is called so, with a word or two more: elsewhere it stands in passing. */
  readonly inTitle: readonly string[];
}

interface Name {
  readonly words: Words;
  readonly isForTitle: boolean;
}

/** In letters: of a shorter one, as “IT”, every text has the word. */
const SHORTEST = 3;
const MORE = 2;

/** Names of known errors, found where a text says them word for word. */
export class Names {
  /** By the first word of the name. */
  readonly #beginning = new Map<string, Map<RecordId, readonly Name[]>>();
  readonly #of = new Map<RecordId, readonly Name[]>();

  set(id: RecordId, { anywhere, inTitle }: Named): void {
    this.delete(id);
    const names = [
      ...anywhere.map((name) => ({ words: literalWords(name), isForTitle: false })),
      ...inTitle.map((name) => ({ words: literalWords(name), isForTitle: true })),
    ].filter(({ words }) => words.join('').length >= SHORTEST);
    if (names.length === 0) return;
    this.#of.set(id, names);
    for (const name of names) {
      const [first = ''] = name.words;
      const having = this.#beginning.get(first) ?? new Map<RecordId, readonly Name[]>();
      having.set(id, [...(having.get(id) ?? []), name]);
      this.#beginning.set(first, having);
    }
  }

  delete(id: RecordId): void {
    for (const {
      words: [first = ''],
    } of this.#of.get(id) ?? []) {
      const having = this.#beginning.get(first);
      having?.delete(id);
      if (having?.size === 0) this.#beginning.delete(first);
    }
    this.#of.delete(id);
  }

  /** Those that a text names, with the longest name of each; `title` is its first line. */
  in(text: string, title: string): ReadonlyMap<RecordId, Words> {
    const found = new Map<RecordId, Words>();
    const called = literalWords(title);
    this.#find(literalWords(text), found, ({ isForTitle }) => !isForTitle);
    this.#find(called, found, ({ words, isForTitle }) => isForTitle && called.length <= words.length + MORE);
    return found;
  }

  #find(said: Words, found: Map<RecordId, Words>, counts: (name: Name) => boolean): void {
    for (const [at, first] of said.entries())
      for (const [id, names] of this.#beginning.get(first) ?? [])
        for (const name of names) {
          const { words } = name;
          if (words.length <= (found.get(id)?.length ?? 0) || !counts(name)) continue;
          if (words.every((word, index) => said[at + index] === word)) found.set(id, words);
        }
  }
}

/** Every word, also a short one; one or several of a thing are the same name. */
function literalWords(text: string): Words {
  return splitWords(text).map((term) => plainWord(term).replace(/(?<=...)s$/, ''));
}
