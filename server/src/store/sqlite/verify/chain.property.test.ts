import fc from 'fast-check';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../test-store.ts';
import { openConnection } from '../connection.ts';
import { Statements } from '../statements.ts';
import { verifyChain } from './chain.ts';
import { Findings } from './findings.ts';
import { makeSoundStore } from './test-damaged-store.ts';

const SEED = 20_261_123;
const { folder, remove } = temporaryFolder();
const sound = join(folder, 'muster.db');

beforeAll(async () => {
  await makeSoundStore(sound);
});

afterAll(remove);

describe('the chain of events', { timeout: 60_000 }, () => {
  const COLUMNS = [
    'record',
    'version',
    'type',
    'data',
    'actor',
    'at',
    'client_at',
    'prev_hash',
    'hash',
  ] as const;

  it(`shows any event altered, taken away or put elsewhere [seed ${SEED}]`, () => {
    const copy = join(folder, 'chain.db');
    copyFileSync(sound, copy);
    const connection = openConnection(copy, { readonly: false });
    const statements = new Statements(connection);
    const events = statements.prepare('select count(*) from event').pluck().get() as number;
    const place = fc.integer({ min: 1, max: events });
    const change = fc.oneof(
      fc.record({
        kind: fc.constant('alter' as const),
        at: place,
        column: fc.constantFrom(...COLUMNS),
        to: fc.oneof(fc.integer({ min: 0 }), fc.string()),
      }),
      fc.record({ kind: fc.constant('take' as const), at: place, many: fc.integer({ min: 1, max: events }) }),
      fc.record({ kind: fc.constant('swap' as const), at: place, with: place }),
    );
    fc.assert(
      fc.property(change, (one) => {
        statements.prepare('begin').run();
        connection.pragma('ignore_check_constraints = on');
        try {
          const changed = apply(statements, one);
          const findings = new Findings();
          verifyChain(statements, findings, null);
          expect(findings.words.length > 0).toBe(changed);
        } finally {
          statements.prepare('rollback').run();
        }
      }),
      { seed: SEED, numRuns: 400 },
    );
    connection.close();
  });

  type Tampering =
    | {
        readonly kind: 'alter';
        readonly at: number;
        readonly column: (typeof COLUMNS)[number];
        readonly to: string | number;
      }
    | { readonly kind: 'take'; readonly at: number; readonly many: number }
    | { readonly kind: 'swap'; readonly at: number; readonly with: number };

  /** Says whether anything is another than before. */
  function apply(statements: Statements, one: Tampering): boolean {
    const all = (): string => JSON.stringify(statements.prepare('select * from event order by seq').all());
    const before = all();
    try {
      if (one.kind === 'alter')
        statements.prepare(`update event set ${one.column} = ? where seq = ?`).run(one.to, one.at);
      if (one.kind === 'take')
        statements.prepare('delete from event where seq >= ? and seq < ?').run(one.at, one.at + one.many);
      if (one.kind === 'swap') {
        const places: readonly (readonly [number, number])[] = [
          [one.at, -1],
          [one.with, one.at],
          [-1, one.with],
        ];
        for (const [from, to] of places)
          statements.prepare('update event set seq = ? where seq = ?').run(to, from);
      }
    } catch {
      // what the tables themselves refuse (a number where text belongs) changes nothing
    }
    return all() !== before;
  }
});
