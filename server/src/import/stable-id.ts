import { recordId } from '@muster/domain/shared';
import type { RecordId } from '@muster/domain/shared';
import { createHash } from 'node:crypto';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** A time below any real ULID's, which keeps made-up ids apart from ids made by clients. */
const BEFORE_ALL = '000000';
const HASH_LETTERS = 20;
const STEM_LETTERS = 8;
const NUMBER_LETTERS = 12;
/** What sources call their records: a word and a number, whose zeros in front are of the word. */
const WORD_AND_NUMBER = /^(\D{0,12}0*)([1-9]\d{0,14})$/;

/**
 * An id in the shape of a ULID that depends only on where a thing comes from, so that importing the same file again
 * names the same record, person or team.
 */
export function stableId(source: string, kind: string, externalId: string): string {
  return BEFORE_ALL + hash(`${source}\n${kind}\n${externalId}`, HASH_LETTERS);
}

/**
 * The same for a record. Its number in the source stands in the id as it is, since that compresses on a board where a
 * hash does not; numbers of one kind share the hash of what stands before them. Records that an earlier version
 * imported keep the ids that they have: they are found by what the source calls them.
 */
export function stableRecordId(source: string, externalId: string): RecordId {
  const [, word, number] = WORD_AND_NUMBER.exec(externalId) ?? [];
  if (word === undefined || number === undefined) return recordId(stableId(source, 'record', externalId));
  return recordId(BEFORE_ALL + hash(`${source}\n${word}`, STEM_LETTERS) + letters(Number(number)));
}

function hash(text: string, length: number): string {
  const digest = createHash('sha256').update(text).digest();
  return Array.from(digest.subarray(0, length), (byte) => ALPHABET.charAt(byte & 31)).join('');
}

function letters(number: number): string {
  let text = '';
  for (let rest = number; text.length < NUMBER_LETTERS; rest = Math.floor(rest / 32)) {
    text = ALPHABET.charAt(rest % 32) + text;
  }
  return text;
}
