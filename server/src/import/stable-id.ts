import { createHash } from 'node:crypto';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * An id in the shape of a ULID that depends only on where a thing comes from, so that importing the same file again
 * names the same record, person or team. The first six characters hold a time below any real ULID's, which keeps
 * made-up ids apart from ids made by clients.
 */
export function stableId(source: string, kind: string, externalId: string): string {
  const digest = createHash('sha256').update(`${source}\n${kind}\n${externalId}`).digest();
  let id = '000000';
  for (let i = 0; i < 20; i++) id += ALPHABET[(digest[i] ?? 0) & 31];
  return id;
}
