/** What the words of an incident say of its symptom, and so which incidents are the same (A3 row 9). */
import type { ItemId, ServiceId } from '../../shared/index.ts';

const WORD = /[\p{L}\p{N}]+/gu;
const MARK = /\p{M}+/gu;
const NUMBER = /^\p{N}+$/u;
const DIGIT = /\p{N}/u;
/** Has nothing to take accents off, as most texts. */
const PLAIN = /^[\x20-\x7e]*$/;
/** With so many digits it names a case, a device or a day, and no two incidents have it. */
const TELLING_DIGITS = 4;

/** Words that say nothing of what is wrong. */
const SMALL_WORDS: ReadonlySet<string> = new Set(
  (
    'a about after again all also always am an and any are as at be because been before being but by can cannot could ' +
    'did do does doing for from had has have he help her here his how i if in into is it its just me my need no nor ' +
    'not now of off on once only or our out over please problem issue she since so some still than that the their ' +
    'them then there these they this to today too under until up very was we were what when where which while who ' +
    'why will with would you your re fw fwd aw wg'
  ).split(' '),
);

/**
 * The words of a text that tell its symptom, in their order, each once: without case and accents, without small words
 * and without long numbers. A short number stands with the word before it too: `error 403` is `error` and `error 403`.
 */
export function symptomWords(text: string): readonly string[] {
  const words = new Set<string>();
  let before: string | null = null;
  const bare = PLAIN.test(text) ? text : text.normalize('NFD').replace(MARK, '');
  for (const found of bare.toLowerCase().match(WORD) ?? []) {
    const digits = DIGIT.test(found) ? found.replace(/\P{N}/gu, '').length : 0;
    if (digits > 0 && NUMBER.test(found)) {
      if (digits <= TELLING_DIGITS && before !== null) words.add(`${before} ${Number(found)}`);
      before = null;
      continue;
    }
    before = null;
    if (digits > TELLING_DIGITS || found.length < 2 || SMALL_WORDS.has(found)) continue;
    words.add(found);
    before = found;
  }
  return [...words];
}

/** No word of a symptom has it. */
const SEPARATOR = ' · ';

/**
 * The symptom of a title: its words in the order of the alphabet, since whoever says the same in another order means
 * the same. It is kept with each record, so that what changes in it wants a migration.
 */
export function symptomOf(title: string): string {
  return symptomWords(title).toSorted().join(SEPARATOR);
}

/** The words of a symptom as `symptomOf` gives it. */
export function wordsOfSymptom(symptom: string): readonly string[] {
  return symptom === '' ? [] : symptom.split(SEPARATOR);
}

/** The key of `TrendIncident`: its item, or its service where none is named, its category, and its symptom. */
export function symptomKey(incident: {
  readonly item: ItemId | null;
  readonly service: ServiceId | null;
  readonly category: string | null;
  readonly symptom: string;
}): string {
  return JSON.stringify([incident.item ?? incident.service, incident.category, incident.symptom]);
}
