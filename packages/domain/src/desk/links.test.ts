import { describe, expect, test } from 'vitest';
import type { TicketAct } from '../shared/index.ts';
import { recordId } from '../shared/index.ts';
import { PAYROLL, id } from '../shared/test-support/organisation.ts';
import { Records, creating } from '../shared/test-support/records.ts';
import { CANCEL, bring } from '../shared/test-support/walk.ts';
import { desk } from './index.ts';

/** Three requests, and one that only payroll may read. */
function openDesk(): Records {
  const records = new Records(() => desk);
  for (const name of ['a', 'b', 'c']) bring(records, 'desk', name, 'new');
  records.run('cem', 'desk', 'hidden', creating('desk', { restrictedTo: PAYROLL }));
  return records;
}

const link = (kind: 'parent' | 'related', target: string): TicketAct => ({
  verb: 'link',
  kind,
  target: recordId(target),
});
const unlink = (target: string): TicketAct => ({ verb: 'unlink', kind: 'parent', target: recordId(target) });
const merge = (into: string): TicketAct => ({ verb: 'merge', into: recordId(into) });

describe('links', () => {
  test('[DSK-42] a link stands at both ends and goes at both', () => {
    const records = openDesk();
    records.run('ana', 'desk', 'a', link('parent', 'b'));
    expect(records.ticket('a').links).toEqual([{ kind: 'parent', target: 'b' }]);
    expect(records.ticket('b').links).toEqual([{ kind: 'child', target: 'a' }]);
    records.run('ana', 'desk', 'a', unlink('b'));
    expect([records.ticket('a').links, records.ticket('b').links]).toEqual([[], []]);
  });

  test.each([
    [link('related', 'a'), { code: 'desk/invalid-value', field: 'target' }],
    [link('related', 'hidden'), { code: 'desk/no-such-record', record: 'hidden' }],
    [link('related', 'nowhere'), { code: 'desk/no-such-record', record: 'nowhere' }],
    [link('parent', 'b'), { code: 'desk/already-linked', target: 'b' }],
    [unlink('c'), { code: 'desk/not-linked', target: 'c' }],
  ] as const)('[DSK-43] %o is refused', (act, refusal) => {
    const records = openDesk();
    records.run('ana', 'desk', 'a', link('parent', 'b'));
    expect(records.run('ana', 'desk', 'a', act)).toMatchObject({ ok: false, refusal });
  });

  test('[DSK-43] [DSK-45] nobody links or merges into their own request as if they were its staff', () => {
    const records = openDesk();
    records.run('cem', 'desk', 'own', creating('desk', { restrictedTo: PAYROLL, requester: id('ana') }));
    for (const act of [link('related', 'own'), merge('own')]) {
      expect(records.run('ana', 'desk', 'a', act)).toEqual({
        ok: false,
        refusal: { code: 'desk/not-permitted', permission: 'desk.work' },
      });
    }
    expect(records.history('own').map(({ event }) => event.type)).toEqual(['created']);
  });

  test('[DSK-43] two records are not each other’s parent', () => {
    const records = openDesk();
    records.run('ana', 'desk', 'a', link('parent', 'b'));
    expect(records.run('ana', 'desk', 'b', link('parent', 'a'))).toMatchObject({
      refusal: { code: 'desk/already-linked' },
    });
  });
});

describe('merging', () => {
  test('[DSK-44] a merged request ends and points to the survivor, which knows of it', () => {
    const records = openDesk();
    records.run('ana', 'desk', 'a', merge('b'));
    expect(records.ticket('a')).toMatchObject({ state: 'merged', mergedInto: 'b', closedAt: records.now });
    expect(records.ticket('b')).toMatchObject({ state: 'new', links: [{ kind: 'duplicate', target: 'a' }] });
    expect(records.history('b').at(-1)).toMatchObject({
      event: { type: 'absorbed', from: 'a', requester: id('rita') },
      actor: 'ana',
    });
    expect(records.run('bo', 'desk', 'a', { verb: 'comment', text: 'where?' })).toMatchObject({
      refusal: { code: 'desk/not-open', state: 'merged', mergedInto: 'b' },
    });
  });

  test.each([
    ['a', merge('a'), { code: 'desk/merge-self' }],
    ['a', merge('hidden'), { code: 'desk/no-such-record', record: 'hidden' }],
    ['a', merge('m'), { code: 'desk/merge-into-merged', into: 'm', mergedInto: 'c' }],
    ['a', merge('x'), { code: 'desk/not-open', state: 'cancelled', record: 'x' }],
    ['m', merge('a'), { code: 'desk/not-open', state: 'merged' }],
  ] as const)('[DSK-45] merging %s by %o is refused', (name, act, refusal) => {
    const records = openDesk();
    bring(records, 'desk', 'm', 'new');
    records.run('ana', 'desk', 'm', merge('c'));
    bring(records, 'desk', 'x', 'new');
    records.run('ana', 'desk', 'x', CANCEL);
    expect(records.run('ana', 'desk', name, act)).toMatchObject({ ok: false, refusal });
  });

  test('[DSK-46] of two merges in opposite directions one survives and the second does nothing', () => {
    const records = openDesk();
    const basis = records.ticket('b').version;
    records.run('ana', 'desk', 'a', merge('b'));
    const at = records.now;
    expect(records.run('bo', 'desk', 'b', merge('a'), { basis })).toMatchObject({
      value: {
        events: [],
        superseded: { reason: 'merged-the-other-way', by: { person: 'ana', at, what: 'absorbed' } },
      },
    });
    expect([records.ticket('a').mergedInto, records.ticket('b').mergedInto]).toEqual(['b', null]);
  });

  test('[DSK-46] the second of two equal merges is superseded', () => {
    const records = openDesk();
    const basis = records.ticket('a').version;
    records.run('ana', 'desk', 'a', merge('b'));
    expect(records.run('bo', 'desk', 'a', merge('b'), { basis })).toMatchObject({
      value: { superseded: { reason: 'already-done' } },
    });
  });

  test('[DSK-47] a chain of merges does not close to a circle', () => {
    const records = openDesk();
    records.run('ana', 'desk', 'a', merge('b'));
    records.run('ana', 'desk', 'b', merge('c'));
    for (const into of ['a', 'b']) {
      expect(records.run('ana', 'desk', 'c', merge(into))).toMatchObject({
        refusal: { code: 'desk/merge-cycle', into },
      });
    }
  });
});
