import { fieldWords } from './names.ts';

const ATTRIBUTE = 'attribute:';

/** Where the name of the field alone says too little. */
const FIELDS: Readonly<Record<string, string>> = {
  validUntil: 'day until which it holds',
  words: 'choice of words to find it by',
  problem: 'choice of the problem',
};

/** What a replaced value was of, in small letters; an attribute by what its class calls it. */
export function replacedFieldWords(detail: Readonly<Record<string, unknown>>): string {
  const { field, called } = detail;
  if (typeof called === 'string' && called !== '') return `“${called}”`;
  if (typeof field !== 'string') return fieldWords(field);
  return FIELDS[field] ?? fieldWords(field.startsWith(ATTRIBUTE) ? field.slice(ATTRIBUTE.length) : field);
}
