import { recordId } from './ids.ts';
import type { RecordId } from './ids.ts';
import type { Instant } from './instant.ts';

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const TIME_LETTERS = 10;
const ZERO_LETTERS = 10;
const RANDOM_LETTERS = 6;

/** Numbers that `makeRecordId` chooses among in one millisecond. */
export const RECORD_ID_CHOICES = 32 ** RANDOM_LETTERS;

/**
 * An id for a new record: a ULID of the time and 30 random bits instead of 80. Whoever opens a board of 20,000 rows
 * fetches every one of these bits, and no compressor takes them away.
 *
 * Thirty are enough: two ids meet only within one millisecond. A desk that makes a record a second for ten years of
 * working days has 36,000 such pairs, and one chance in 30,000 that any two of them are the same; the later creation
 * is then refused, and nothing is overwritten. Nor need ids be hard to guess: who may read is asked before what exists.
 *
 * @param now When the record is made, epoch ms
 * @param random A random whole number below `RECORD_ID_CHOICES`
 */
export function makeRecordId(now: Instant, random: number): RecordId {
  return recordId(letters(now, TIME_LETTERS) + '0'.repeat(ZERO_LETTERS) + letters(random, RANDOM_LETTERS));
}

function letters(value: number, count: number): string {
  let text = '';
  for (let rest = value; text.length < count; rest = Math.floor(rest / 32))
    text = CROCKFORD.charAt(rest % 32) + text;
  return text;
}
