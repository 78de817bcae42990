import { personId, recordId } from '@muster/domain/shared';
import { describe, expect, it } from 'vitest';
import type { ProblemRow } from '#lib/live/problem/live-problems.ts';
import { holdersOf, linkedWords, problemFrom } from './open-problem.ts';
import {
  FIRST,
  askedFor,
  fixDay,
  fixOf,
  judgedBy,
  readTrendAddress,
  writeTrendAddress,
} from './trend-address.ts';
import type { TrendAddress } from './trend-address.ts';
import { clusterEvidence, recurrenceEvidence } from './trend-words.ts';

const NOW = new Date(2026, 10, 28, 12).getTime();
const address = (more: Partial<TrendAddress>): TrendAddress => ({ ...FIRST, ...more });
const queryOf = (path: string) => new URL(path, 'http://desk.test').searchParams;

describe('the address of trends', () => {
  it('brings back what it was written from', () => {
    const told = [
      FIRST,
      address({ view: 'clusters', last: '', words: 'vpn drops', team: '-' }),
      address({ view: 'fix', fixed: '2026-10-01', process: 'desk', category: 'A & B' }),
      address({ by: 'item', last: '365', service: 'vpn' }),
      address({ by: 'cause', item: 'vpn,mail' }),
    ];
    for (const one of told) expect(readTrendAddress(writeTrendAddress(one))).toEqual(one);
    expect(writeTrendAddress(FIRST).toString()).toBe('');
  });

  it('falls back where words are unknown', () => {
    const odd = new URLSearchParams('view=mood&by=phase&last=7&fixed=2026-11-05T99:00Z&process=all');
    expect(readTrendAddress(odd)).toEqual(FIRST);
  });
});

describe('what the server is asked', () => {
  it('counts days from midnight, and nobody’s records by an empty word', () => {
    const { path, csv } = askedFor(address({ team: '-', service: 'vpn' }), NOW, 'Europe/Zurich');
    expect(path).toMatch(/^\/api\/trends\/pareto\?/);
    expect(csv).toBe(path.replace('?', '.csv?'));
    expect(Object.fromEntries(queryOf(path))).toEqual({
      ...{ process: 'incident', service: 'vpn', team: '', by: 'service' },
      from: String(new Date(2026, 7, 30).getTime()),
    });
  });

  it('names the zone where hours count, and no span where all is asked for', () => {
    const { path } = askedFor(address({ view: 'hours', last: '' }), NOW, 'Europe/Zurich');
    expect(path).toBe('/api/trends/heat-map?process=incident&zone=Europe%2FZurich');
  });

  it('[PRB-70] names no begin where each rule says how far it looks back', () => {
    const { path, csv } = askedFor(address({ view: 'recurrences', last: '30' }), NOW, 'UTC');
    expect(path).toBe('/api/trends/recurrences?process=incident');
    expect(csv).toBe('/api/trends/recurrences.csv?process=incident');
  });

  it('takes a fix of thirty days ago until a day is named', () => {
    expect(fixDay(FIRST, NOW)).toBe('2026-10-29');
    const { path } = askedFor(address({ view: 'fix', fixed: '2026-10-01' }), NOW, 'UTC');
    expect(queryOf(path).get('fixedAt')).toBe(String(new Date(2026, 9, 1).getTime()));
    expect(queryOf(path).has('from')).toBe(false);
  });
});

const gateway = recordId('gateway');
const [open, secret] = [recordId('R1'), recordId('R2')];
const evidence = { count: 3, ids: [open, secret], linkable: [open], records: [] };

describe('a problem from a trend', () => {
  it('names what it rests on, and no incident that may not be named', () => {
    const all = { ...evidence, count: 2, linkable: [open, secret] };
    const shown = {
      title: 'VPN drops',
      service: 'vpn',
      items: [gateway],
      evidence: all,
      because: '3 records: “vpn” (3).',
    };
    expect(problemFrom(shown, personId('mara'), null)).toMatchObject({
      verb: 'create',
      fields: { title: 'VPN drops', service: 'vpn', items: [gateway], owner: 'mara', team: null },
      origin: { kind: 'trend', incident: null, evidence: '3 records: “vpn” (3).' },
      incidents: [open, secret],
    });
    // words of restricted records would be read by everybody who reads problems
    const told = '3 records alike, some of them restricted. 1 of 3 linked.';
    const some = problemFrom({ ...shown, evidence }, personId('mara'), null);
    expect(some).toMatchObject({ fields: { title: 'VPN drops' }, origin: { evidence: told } });
    expect(some).toMatchObject({ incidents: [open] });
    const none = problemFrom({ ...shown, evidence: { ...evidence, linkable: [] } }, personId('mara'), null);
    expect(JSON.stringify(none)).not.toContain('VPN drops');
    expect(none).toMatchObject({
      origin: { evidence: '3 records alike, some of them restricted. 0 of 3 linked.' },
      incidents: [],
    });
  });

  it('links all that the server tells, and says how many where there are more', () => {
    const ids = Array.from({ length: 57 }, (_, at) => recordId(`R${at}`));
    const all = { count: 57, ids, linkable: ids, records: [] };
    const shown = {
      title: 'VPN drops',
      service: null,
      items: [],
      evidence: all,
      because: '57 records alike.',
    };
    expect(linkedWords(shown)).toBeNull();
    expect(problemFrom(shown, personId('mara'), null)).toMatchObject({
      origin: { evidence: '57 records alike.' },
      incidents: ids,
    });
    const many = { ...shown, evidence: { ...all, count: 300 }, because: '300 records alike.' };
    expect(linkedWords(many)).toBe('57 of 300 linked');
    expect(problemFrom(many, personId('mara'), null)).toMatchObject({
      origin: { evidence: '300 records alike. 57 of 300 linked.' },
      incidents: ids,
    });
  });

  it('is known where an open one holds half of them or more', () => {
    const row = (id: string, incidents: readonly (typeof open | null)[], state = 'rca') =>
      ({ id: recordId(id), incidents, state }) as unknown as ProblemRow;
    const ids = ['R1', 'R2', 'R3', 'R4'].map((id) => recordId(id));
    const [one, two, three] = ids as [typeof open, typeof open, typeof open];
    const problems = [
      row('half', [one, two]),
      row('few', [one, null]),
      row('most', [one, two, three]),
      row('over', ids, 'cancelled'),
    ];
    const found = holdersOf({ count: 4, ids, linkable: ids, records: [] }, problems);
    expect(found.map(({ problem, count }) => [problem.id, count])).toEqual([
      ...[
        ['most', 3],
        ['half', 2],
      ],
    ]);
  });

  it('says in words what was found', () => {
    const [first, last] = [new Date(2026, 9, 1).getTime(), new Date(2026, 10, 2).getTime()];
    const words = [{ word: 'vpn', count: 3 }];
    const fields = [
      { field: 'service', value: 'vpn', name: 'VPN', count: 2 },
      // whoever reads problems need not read items
      { field: 'item', value: 'gateway', name: 'gw-1', count: 2 },
    ] as const;
    expect(
      clusterEvidence({ title: 'VPN', words, fields, about: [], first, last, evidence, records: '' }),
    ).toBe('3 records alike, 1 Oct to 2 Nov: “vpn” (3), service VPN (2).');
    const rules = ['count'] as const;
    const recurrence = {
      rules,
      service: 'vpn',
      serviceName: 'VPN',
      category: null,
      title: 'VPN',
      items: [],
      about: [],
    };
    expect(recurrenceEvidence({ ...recurrence, evidence, records: '' })).toBe(
      'Three or more in 30 days: 3 records (VPN).',
    );
  });
});

describe('the effect of a fix', () => {
  it('[PRB-23] is judged by the only item of a problem, or its service, or one item of several', () => {
    expect(judgedBy({ items: ['vpn', 'a'], service: 'vpn' })).toEqual(['a', 'vpn']);
    expect(judgedBy({ items: ['a', 'b'], service: 'vpn' })).toEqual(['vpn', 'a', 'b']);
    expect(judgedBy({ items: ['a', 'b'], service: null })).toEqual(['a', 'b']);
    expect(judgedBy({ items: [], service: null })).toEqual([]);
  });

  it('[PRB-23] is asked for by that, from the instant of the fix: that day had a morning before it', () => {
    const at = new Date(2026, 10, 5, 14).getTime();
    const about = { items: ['a'], service: 'vpn' };
    const fixed = new Date(at).toISOString();
    const effect = fixOf(about, 'a', at);
    expect(effect).toEqual({ ...FIRST, view: 'fix', item: 'a', fixed });
    expect(fixOf(about, 'vpn', at)).toEqual({ ...FIRST, view: 'fix', service: 'vpn', fixed });
    expect(queryOf(askedFor(effect, NOW, 'UTC').path).get('fixedAt')).toBe(String(at));
    // and so it is where the address is opened
    expect(readTrendAddress(writeTrendAddress(effect))).toEqual(effect);
    expect(fixDay(effect, NOW)).toBe('2026-11-05');
  });
});
