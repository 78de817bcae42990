import { createHash, randomInt } from 'node:crypto';

/** A Yjs client id that nobody had before: each epoch of a document that the server writes gets a fresh one. */
export function freshClientId(): number {
  return randomInt(1, 2 ** 32);
}

/**
 * The client id under which a room is seeded: the same for the same record for ever. A store that was restored to
 * before the seeding makes the very same structures again, so a description never doubles.
 */
export function seedClientId(room: string): number {
  return createHash('sha256').update(room).digest().readUInt32BE(0) || 1;
}

/**
 * The client id under which the headings of a room's review are written, for the same reason: and nothing else is, so
 * that they begin at its clock 0 whenever they are put in.
 */
export function reviewClientId(room: string): number {
  return seedClientId(`${room}#review`);
}
