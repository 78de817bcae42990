import { commandId } from '@muster/domain/shared';
import type { CommandId } from '@muster/domain/shared';
import { createHash } from 'node:crypto';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const TIME_CHARACTERS = 10;
const HASH_CHARACTERS = 16;

/**
 * A command id made of what caused the command: the same cause gives the same id, so a reaction that runs twice
 * changes nothing the second time. It has the form of a ULID, with the cause's time in front.
 */
export function derivedCommandId(cause: string, at: number): CommandId {
  let time = '';
  for (let rest = at, left = TIME_CHARACTERS; left > 0; left -= 1, rest = Math.floor(rest / 32)) {
    time = `${ALPHABET[rest % 32]}${time}`;
  }
  const hash = createHash('sha256').update(cause).digest();
  const tail = Array.from(hash.subarray(0, HASH_CHARACTERS), (byte) => ALPHABET[byte % 32]).join('');
  return commandId(`${time}${tail}`);
}
