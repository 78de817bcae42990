import { isUlid } from '@muster/domain/shared';
import { expect, it } from 'vitest';
import { derivedCommandId, sealedId } from './derived-id.ts';

it('makes the same id of the same cause, another of another, in the form of a ULID', () => {
  const at = Date.UTC(2026, 10, 23);
  const id = derivedCommandId('autoclose:17', at);
  expect(isUlid(id)).toBe(true);
  expect(derivedCommandId('autoclose:17', at)).toBe(id);
  expect(derivedCommandId('autoclose:18', at)).not.toBe(id);
  expect(derivedCommandId('autoclose:17', at + 1) > id).toBe(true);
});

it('seals an id so that it keeps its time and nobody without the secret can tell it', () => {
  const id = derivedCommandId('autoclose:17', Date.UTC(2026, 10, 23));
  const sealed = sealedId(id, 'one');
  expect(isUlid(sealed)).toBe(true);
  expect(sealed.slice(0, 10)).toBe(id.slice(0, 10));
  expect(sealedId(id, 'one')).toBe(sealed);
  expect(new Set([id, sealed, sealedId(id, 'another')]).size).toBe(3);
});
