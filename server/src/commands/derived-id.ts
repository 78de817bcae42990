import { commandId } from '@muster/domain/shared';
import type { CommandId } from '@muster/domain/shared';
import { createHash, createHmac } from 'node:crypto';

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
  return commandId(`${time}${tailOf(createHash('sha256').update(cause).digest())}`);
}

/**
 * A derived id that nobody outside the store can foretell. Causes are made of what people may read, so that anybody
 * could use the id before the product does. What is made under a derived id has the sealed one from the start; a
 * command has it only where somebody else used its own, so that what ran under that before is still found by it.
 */
export function sealedId(id: CommandId, secret: string): CommandId {
  const tail = tailOf(createHmac('sha256', secret).update(id).digest());
  return commandId(`${id.slice(0, TIME_CHARACTERS)}${tail}`);
}

function tailOf(hash: Buffer): string {
  return Array.from(hash.subarray(0, HASH_CHARACTERS), (byte) => ALPHABET[byte % 32]).join('');
}
