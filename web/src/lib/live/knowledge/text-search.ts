import type { KnowledgeContent, TextHit } from '@muster/domain/problem';
import type { RecordId } from '@muster/domain/shared';
import MiniSearch from 'minisearch';
import { Distinct } from './distinct.ts';
import { bareWord, splitWords, tellingWord, tellingWords } from './telling-words.ts';

type Told = Pick<KnowledgeContent, 'title' | 'symptom' | 'workaround' | 'cause' | 'errorCode' | 'words'>;

/** What of a known error is searched. */
export interface Searched {
  readonly id: RecordId;
  readonly content: Told;
  readonly text: string;
}

const FIELDS = ['title', 'words', 'phrases', 'errorCode', 'symptom', 'workaround', 'cause', 'text'] as const;
const BOOST = { title: 3, words: 3, phrases: 3, errorCode: 4, symptom: 2 };

/** More of a long text than this adds nothing. */
const MOST_WORDS = 60;
/** Where a score counts half. */
const HALF = 8;
const SHOWN_WORDS = 4;

/** The words of known errors on this device, searched without a network. */
export class TextSearch {
  readonly #index = new MiniSearch<Record<(typeof FIELDS)[number] | 'id', string>>({
    fields: [...FIELDS],
    tokenize: (text) => [...splitWords(text)],
    processTerm: bareWord,
    searchOptions: {
      boost: BOOST,
      prefix: (term) => term.length > 3,
      fuzzy: (term) => (term.length > 5 ? 0.2 : false),
      weights: { fuzzy: 0.3, prefix: 0.5 },
    },
  });
  readonly #titleWords = new Map<RecordId, number>();

  set({ id, content, text }: Searched): void {
    const { words, title, errorCode, symptom, workaround, cause } = content;
    // a part of a phrase is not what it is called by
    const phrases = words.filter((each) => each.trim().includes(' ')).join(' ');
    const single = words.filter((each) => !each.trim().includes(' ')).join(' ');
    const entry = { id, title, words: single, phrases, errorCode, symptom, workaround, cause, text };
    this.#titleWords.set(id, tellingWords(title).size);
    if (this.#index.has(id)) this.#index.replace(entry);
    else this.#index.add(entry);
  }

  delete(id: RecordId): void {
    this.#titleWords.delete(id);
    if (this.#index.has(id)) this.#index.discard(id);
  }

  /** All that share with a text words that tell, with which; what stands in its first line counts most. */
  hits(text: string): ReadonlyMap<RecordId, TextHit> {
    const asked = [...new Set(splitWords(text))].slice(0, MOST_WORDS).join(' ');
    const found = this.#index.search(asked, { processTerm: tellingWord });
    const [title = ''] = text.trimStart().split('\n', 1);
    const distinct = new Distinct(found, this.#index.documentCount, tellingWords(title));
    return new Map(
      found.flatMap(({ id, score, match }): [RecordId, TextHit][] => {
        const words = distinct.wordsOf({ match }, this.#titleWords.get(id as RecordId) ?? 0);
        if (words.length === 0) return [];
        return [[id as RecordId, { score: score / (score + HALF), words: words.slice(0, SHOWN_WORDS) }]];
      }),
    );
  }

  /** Those that have every word asked for, or its beginning; best first. What says nothing counts where there is no more. */
  find(words: string): readonly RecordId[] {
    const processTerm = tellingWords(words).size > 0 ? tellingWord : bareWord;
    return this.#index
      .search(words, { combineWith: 'AND', prefix: true, processTerm })
      .map(({ id }) => id as RecordId);
  }
}
