import type { KnowledgeContent, TextHit } from '@muster/domain/problem';
import type { RecordId } from '@muster/domain/shared';
import MiniSearch from 'minisearch';
import { Distinct, sharedIn } from './distinct.ts';
import type { Shared } from './distinct.ts';
import { Names } from './names.ts';
import type { Named } from './names.ts';
import { bareWord, splitWords, tellingWord, tellingWords, titleWords } from './telling-words.ts';
import { closeness, isCalledBy, titleOf } from './titles.ts';
import type { Title } from './titles.ts';

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
/** What it counts at least that a text says what it is called by. */
const CALLED = 0.35;
/** Shared words from which on two seem to say the same. */
const SIMILAR_FROM = 0.35;

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
  readonly #titles = new Map<RecordId, Title>();
  readonly #names = new Names();

  set({ id, content, text }: Searched): void {
    const { words, title, errorCode, symptom, workaround, cause } = content;
    // a part of a phrase is not what it is called by
    const phrases = words.filter((each) => each.trim().includes(' '));
    const single = words.filter((each) => !each.trim().includes(' '));
    const entry = {
      ...{ id, title, words: single.join(' '), phrases: phrases.join(' ') },
      ...{ errorCode, symptom, workaround, cause, text },
    };
    this.#titles.set(id, titleOf(title));
    this.#names.set(id, namesOf(title, single, phrases));
    if (this.#index.has(id)) this.#index.replace(entry);
    else this.#index.add(entry);
  }

  delete(id: RecordId): void {
    this.#titles.delete(id);
    this.#names.delete(id);
    if (this.#index.has(id)) this.#index.discard(id);
  }

  /** All that share with a text words that tell, with which; what stands in its first line counts most. */
  hits(text: string): ReadonlyMap<RecordId, TextHit> {
    const [line = ''] = text.trimStart().split('\n', 1);
    const asked = titleOf(line);
    const some = someWords(text);
    const found = this.#index.search(some, {
      processTerm: (term) => tellingWord(term) ?? nameIn(asked, term),
    });
    const said = tellingWords(some);
    const distinct = new Distinct(found, this.#index.documentCount, asked);
    const hits = new Map<RecordId, TextHit>();
    for (const each of found) {
      const id = each.id as RecordId;
      const title = this.#titleOf(id);
      const raw = each.score / (each.score + HALF);
      const shared = sharedIn(each);
      const isCalled = isInTitle(shared) && isCalledBy(asked, said, title);
      if (!isCalled && !distinct.isEnough(shared, title)) continue;
      const score = isCalled ? raised(raw, Math.max(CALLED, closeness(asked, title))) : raw;
      hits.set(id, { score, words: shownOf(shared) });
    }
    for (const [id, words] of this.#names.in(text, line)) {
      const hit = hits.get(id) ?? { score: 0, words };
      hits.set(id, { ...hit, score: raised(hit.score, CALLED) });
    }
    return hits;
  }

  /** Those that say nearly the same as one that is being written, however many there are; best first. */
  near(title: string, rest: string): readonly (TextHit & { readonly id: RecordId })[] {
    const asked = titleOf(title);
    const text = `${title} ${rest}`;
    // one word that both have is chance, where there are several to have
    const fewest = tellingWords(text).size > 2 ? 2 : 1;
    const processTerm = tellingWords(title).size > 0 ? tellingWord : bareWord;
    return this.#index
      .search(someWords(text), { processTerm })
      .flatMap((each) => {
        const id = each.id as RecordId;
        const known = this.#titleOf(id);
        const score = raised(each.score / (each.score + HALF), closeness(asked, known));
        const shared = sharedIn(each);
        const telling = shared.filter(({ forms }) => forms.some((word) => tellingWord(word) !== null));
        const isNear =
          isCalledBy(asked, asked.words, known) || (score >= SIMILAR_FROM && telling.length >= fewest);
        return isNear ? [{ id, score, words: shownOf(shared) }] : [];
      })
      .toSorted((a, b) => b.score - a.score);
  }

  /** Those that have every word asked for, or its beginning; best first. What says nothing counts where there is no more. */
  find(words: string): readonly RecordId[] {
    const processTerm = tellingWords(words).size > 0 ? tellingWord : bareWord;
    return this.#index
      .search(words, { combineWith: 'AND', prefix: true, processTerm })
      .map(({ id }) => id as RecordId);
  }

  #titleOf(id: RecordId): Title {
    return this.#titles.get(id) ?? titleOf('');
  }
}

/** A single word that tells is judged with the others; of one that says nothing elsewhere its author knows better. */
function namesOf(title: string, single: readonly string[], phrases: readonly string[]): Named {
  const empty = single.filter((word) => tellingWords(word).size === 0);
  if (tellingWords(title).size > 0) return { anywhere: phrases, inTitle: empty };
  return titleWords(title).size > 0
    ? { anywhere: [...phrases, title], inTitle: empty }
    : { anywhere: phrases, inTitle: [...empty, title] };
}

const isInTitle = (shared: readonly Shared[]): boolean => shared.some(({ fields }) => fields.has('title'));

function shownOf(shared: readonly Shared[]): readonly string[] {
  return shared.slice(0, SHOWN_WORDS).flatMap(({ forms: [word] }) => word ?? []);
}

function someWords(text: string): string {
  return [...new Set(splitWords(text))].slice(0, MOST_WORDS).join(' ');
}

/** Of a title that says nothing else, what can be a name. */
function nameIn({ words }: Title, term: string): string | null {
  const word = bareWord(term);
  return word !== null && words.has(word) ? word : null;
}

/** A score from 0 to 1 with another reason. */
function raised(score: number, by: number): number {
  return score + (1 - score) * by;
}
