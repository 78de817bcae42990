import { describe, expect, test } from 'vitest';
import { personId, recordId, serviceId } from '../../shared/index.ts';
import type { ItemId, RecordId } from '../../shared/index.ts';
import type { KnowledgeContent } from './known-error.ts';
import { contentOf } from './known-error.ts';
import { MOST_SUGGESTIONS, suggestionsFor } from './suggest.ts';
import type { AboutTicket, Suggestable, TextHit } from './suggest.ts';
import { BLANK, DAY, NOW } from './test-knowledge.ts';

const [VPN, MAIL] = [serviceId('vpn'), serviceId('mail')];
const NOTHING: AboutTicket = { items: [], service: null, category: null, text: '' };
const NONE: ReadonlySet<RecordId> = new Set();

const known = (
  id: string,
  content: Partial<KnowledgeContent>,
  other: Partial<Suggestable> = {},
): Suggestable => ({
  ...{ id: recordId(id), state: 'published', helped: 0, notHelped: 0, used: 0 },
  published: {
    ...{ number: 1, excerpt: '', text: null, at: NOW, by: personId('ana') },
    content: { ...contentOf(BLANK), ...content },
  },
  ...other,
});

const hits = (given: Readonly<Record<string, TextHit>>): ReadonlyMap<RecordId, TextHit> =>
  new Map(Object.entries(given).map(([id, hit]) => [recordId(id), hit]));

describe('suggestions', () => {
  test('[PRB-62] come by shared item before words, each with why', () => {
    const all = [known('a', { items: [VPN] }), known('b', {}), known('c', { items: [MAIL] })];
    const found = suggestionsFor(
      { ...NOTHING, items: [VPN] },
      all,
      hits({ b: { score: 0.8, words: ['tunnel'] }, c: { score: 0.05, words: ['the'] } }),
      NONE,
      NOW,
    );
    expect(found.map(({ id, why }) => [id, why])).toEqual([
      ['a', [{ kind: 'items', items: [VPN] }]],
      ['b', [{ kind: 'words', words: ['tunnel'] }]],
    ]);
  });

  test('[CFG-103] come by an item that was joined into that of the ticket, or the other way round', () => {
    const [host, twin] = [recordId('host'), recordId('twin')];
    const stayingOf = (item: ItemId) => (item === twin ? host : item);
    for (const [asked, named] of [
      [host, twin],
      [twin, host],
      [twin, twin],
    ] as const) {
      const all = [known('a', { items: [named] })];
      expect(
        suggestionsFor({ ...NOTHING, items: [asked] }, all, hits({}), NONE, NOW, stayingOf),
      ).toMatchObject([{ id: 'a', why: [{ kind: 'items', items: [host] }] }]);
    }
  });

  test('[PRB-62] come by the code that programs say, wherever it stands', () => {
    const all = [known('a', { errorCode: 'ERR-809' })];
    const about = { ...NOTHING, text: 'It says err-809 since noon' };
    expect(suggestionsFor(about, all, hits({}), NONE, NOW)).toMatchObject([
      { id: 'a', why: [{ kind: 'code', code: 'ERR-809' }] },
    ]);
  });

  test.each([
    ['500', 'Order 1500 envelopes', false],
    ['E10', 'It says E100', false],
    ['E10', 'ÄE10', false],
    ['E10', '𝒜E10', false],
    ['E10', 'E100, and before that e10.', true],
    ['500', 'HTTP/500: nothing', true],
    ['#500', 'Error#500', true],
  ])(
    '[PRB-62] come by a code that is no part of a longer word or number: %s in “%s”',
    (errorCode, text, isSaid) => {
      const found = suggestionsFor({ ...NOTHING, text }, [known('a', { errorCode })], hits({}), NONE, NOW);
      expect(found).toHaveLength(isSaid ? 1 : 0);
    },
  );

  test('[PRB-62] come by service and category together, not by one of them alone', () => {
    const all = [known('a', { service: VPN, category: 'Network' })];
    const about = { ...NOTHING, service: VPN, category: 'Network' };
    expect(suggestionsFor(about, all, hits({}), NONE, NOW)).toHaveLength(1);
    const onIt = [known('b', { items: [VPN], category: 'Network' })];
    expect(suggestionsFor(about, onIt, hits({}), NONE, NOW)).toMatchObject([
      { why: [{ kind: 'service' }, {}] },
    ]);
    for (const one of [{ service: VPN }, { category: 'Network' }, { service: VPN, category: 'Mail' }])
      expect(suggestionsFor({ ...NOTHING, ...one }, all, hits({}), NONE, NOW)).toEqual([]);
  });

  test('[PRB-62] leave out what is not in use, and put what is past its time lower and say so', () => {
    const all = [
      known('draft', { items: [VPN] }, { state: 'draft', published: null }),
      known('old', { items: [VPN] }, { state: 'superseded' }),
      known('gone', { items: [VPN] }, { state: 'retired' }),
      known('due', { items: [VPN], validUntil: NOW - DAY }),
      known('fresh', { items: [VPN], validUntil: NOW + DAY }),
    ];
    const found = suggestionsFor({ ...NOTHING, items: [VPN] }, all, hits({}), NONE, NOW);
    expect(found.map(({ id, isDue }) => [id, isDue])).toEqual([
      ['fresh', false],
      ['due', true],
    ]);
  });

  test('[PRB-62] are five at most, of equals what helped more people first', () => {
    const all = Array.from({ length: 8 }, (_, n) => known(`k${n}`, { items: [VPN] }, { helped: n }));
    const found = suggestionsFor({ ...NOTHING, items: [VPN] }, all, hits({}), NONE, NOW);
    expect(found.map(({ id }) => id)).toEqual(['k7', 'k6', 'k5', 'k4', 'k3']);
    expect(found).toHaveLength(MOST_SUGGESTIONS);
  });

  test('[PRB-63] leave out what was put aside', () => {
    const all = [known('a', { items: [VPN] })];
    expect(
      suggestionsFor({ ...NOTHING, items: [VPN] }, all, hits({}), new Set([recordId('a')]), NOW),
    ).toEqual([]);
  });
});
