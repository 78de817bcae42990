import type { KnowledgeContent, TextHit } from '@muster/domain/problem';
import type { RecordId } from '@muster/domain/shared';
import MiniSearch from 'minisearch';

type Told = Pick<KnowledgeContent, 'title' | 'symptom' | 'workaround' | 'cause' | 'errorCode' | 'words'>;

/** What of a known error is searched. */
export interface Searched {
  readonly id: RecordId;
  readonly content: Told;
  readonly text: string;
}

const FIELDS = ['title', 'words', 'errorCode', 'symptom', 'workaround', 'cause', 'text'] as const;
const BOOST = { title: 3, words: 3, errorCode: 4, symptom: 2 };

/** Words that are in every ticket and say nothing of it. */
const EMPTY = new Set(
  `the and for with not but are was has have had can cannot does did its this that there then than they them when
   from into out our your you his her who what why how all any some one two new get got see since again after before
   please hello thanks thank help need needs needed want wants problem issue error user users work works working
   today yesterday morning cant dont doesnt isnt been will would could should about only also just very more many every each always never often sometimes again
   monday tuesday wednesday thursday friday saturday sunday`.split(/\s+/),
);

/** More of a long text than this adds nothing. */
const MOST_WORDS = 60;
const SHORTEST = 3;
/** Where a score counts half. */
const HALF = 8;
const SHOWN_WORDS = 4;

/** A word as it is looked for; null when it says nothing. */
function tellingWord(term: string): string | null {
  const word = term
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/[\u0300-\u036f’']/g, '');
  return word.length < SHORTEST || EMPTY.has(word) || EMPTY.has(word.replace(/s$/, '')) ? null : word;
}

/** How many words of a text say something. */
export function countTelling(text: string): number {
  const words = text.split(/[^\p{L}\p{N}’']+/u).map(tellingWord);
  return new Set(words.filter((word) => word !== null)).size;
}

/** The words of known errors on this device, searched without a network. */
export class TextSearch {
  readonly #index = new MiniSearch<Record<(typeof FIELDS)[number] | 'id', string>>({
    fields: [...FIELDS],
    processTerm: tellingWord,
    searchOptions: {
      boost: BOOST,
      prefix: (term) => term.length > 3,
      fuzzy: (term) => (term.length > 5 ? 0.2 : false),
      weights: { fuzzy: 0.3, prefix: 0.5 },
    },
  });

  set({ id, content, text }: Searched): void {
    const { words, title, errorCode, symptom, workaround, cause } = content;
    const entry = { id, title, errorCode, symptom, workaround, cause, text, words: words.join(' ') };
    if (this.#index.has(id)) this.#index.replace(entry);
    else this.#index.add(entry);
  }

  delete(id: RecordId): void {
    if (this.#index.has(id)) this.#index.discard(id);
  }

  /** All that share words with a text, with which. */
  hits(text: string): ReadonlyMap<RecordId, TextHit> {
    const asked = [...new Set(text.split(/\s+/))].slice(0, MOST_WORDS).join(' ');
    return new Map(
      this.#index
        .search(asked)
        .map(({ id, score, terms }): [RecordId, TextHit] => [
          id as RecordId,
          { score: score / (score + HALF), words: terms.slice(0, SHOWN_WORDS) },
        ]),
    );
  }

  /** Those that have every word asked for, or its beginning; best first. */
  find(words: string): readonly RecordId[] {
    return this.#index.search(words, { combineWith: 'AND', prefix: true }).map(({ id }) => id as RecordId);
  }
}
