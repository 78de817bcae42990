import { describe, expect, test } from 'vitest';
import type { TicketAct } from '../shared/index.ts';
import { teamId } from '../shared/index.ts';
import { NETWORK, PAYROLL, id } from '../shared/test-support/organisation.ts';
import { Records } from '../shared/test-support/records.ts';
import { bring } from '../shared/test-support/walk.ts';
import { desk } from './index.ts';

function openDesk(): Records {
  const records = new Records(() => desk);
  bring(records, 'desk', 'r1', 'new');
  return records;
}

const CLAIM: TicketAct = { verb: 'claim' };
const assign = (team: typeof NETWORK | null, owner: string | null): TicketAct => ({
  verb: 'assign',
  team,
  owner: owner === null ? null : id(owner),
});

describe('claiming', () => {
  test('[DSK-22] of two who claim at once the first owns, and the second is told who and since when', () => {
    const records = openDesk();
    const basis = records.ticket('r1').version;
    records.run('ana', 'desk', 'r1', CLAIM, { basis });
    const claimedAt = records.now;
    expect(records.run('bo', 'desk', 'r1', CLAIM, { basis })).toEqual({
      ok: false,
      refusal: { code: 'desk/already-claimed', owner: 'ana', at: claimedAt },
    });
    expect(records.ticket('r1').owner).toBe('ana');
  });

  test('[DSK-22] claiming what one owns, or sees owned, changes nothing', () => {
    const records = openDesk();
    records.run('ana', 'desk', 'r1', CLAIM);
    expect(records.run('ana', 'desk', 'r1', CLAIM)).toMatchObject({
      refusal: { code: 'desk/already-owner' },
    });
    expect(records.run('bo', 'desk', 'r1', CLAIM)).toMatchObject({
      refusal: { code: 'desk/already-claimed', owner: 'ana', at: null },
    });
  });

  test('[DSK-23] another shares the work or asks for it, and the owner is told', () => {
    const records = openDesk();
    expect(records.run('bo', 'desk', 'r1', { verb: 'co-own' })).toMatchObject({
      refusal: { code: 'desk/missing-field', field: 'owner' },
    });
    records.run('ana', 'desk', 'r1', CLAIM);
    records.run('bo', 'desk', 'r1', { verb: 'co-own' });
    expect(records.ticket('r1')).toMatchObject({ owner: 'ana', coOwners: ['bo'] });
    expect(
      records.run('lea', 'desk', 'r1', { verb: 'request-handover', note: 'I know VPNs.' }),
    ).toMatchObject({
      value: { tell: [{ person: 'ana', kind: 'handover-requested', detail: { by: 'lea' } }] },
    });
    records.run('ana', 'desk', 'r1', assign(NETWORK, 'bo'));
    expect(records.ticket('r1')).toMatchObject({ owner: 'bo', coOwners: [] });
  });
});

describe('assigning', () => {
  test.each([
    [assign(teamId('moon'), null), { code: 'desk/unknown-team', team: 'moon' }],
    [assign(NETWORK, 'gone'), { code: 'desk/unknown-person', person: 'gone' }],
    [assign(NETWORK, 'cem'), { code: 'desk/not-in-team', person: 'cem', team: 'network' }],
    [assign(null, 'rita'), { code: 'desk/invalid-value', field: 'owner' }],
    [assign(NETWORK, null), { code: 'desk/nothing-to-change' }],
  ] as const)('[DSK-24] %o is refused', (act, refusal) => {
    expect(openDesk().run('bo', 'desk', 'r1', act)).toMatchObject({ ok: false, refusal });
  });

  test('[DSK-24] the new owner is told', () => {
    expect(openDesk().run('bo', 'desk', 'r1', assign(NETWORK, 'ana'))).toMatchObject({
      value: { tell: [{ person: 'ana', kind: 'assigned', detail: { by: 'bo' } }] },
    });
  });

  test('[DSK-25] a new team leaves a claim made meanwhile', () => {
    const records = openDesk();
    const basis = records.ticket('r1').version;
    records.run('ana', 'desk', 'r1', CLAIM);
    expect(records.run('lea', 'desk', 'r1', assign(PAYROLL, null), { basis }).ok).toBe(true);
    expect(records.ticket('r1')).toMatchObject({ team: PAYROLL, owner: 'ana' });
  });

  test('[DSK-25] an author’s own earlier acts are no surprise to them', () => {
    const records = openDesk();
    const basis = records.ticket('r1').version;
    records.run('lea', 'desk', 'r1', assign(PAYROLL, 'cem'), { basis });
    expect(records.run('lea', 'desk', 'r1', assign(NETWORK, null), { basis }).ok).toBe(true);
    expect(records.ticket('r1')).toMatchObject({ team: NETWORK, owner: null });
  });

  test('[DSK-26] of two who assign the last stands, and the first is told what was replaced', () => {
    const records = openDesk();
    const basis = records.ticket('r1').version;
    records.run('bo', 'desk', 'r1', assign(NETWORK, 'bo'), { basis });
    const answer = records.run('lea', 'desk', 'r1', assign(NETWORK, 'ana'), { basis });
    expect(answer).toMatchObject({
      value: {
        tell: [
          { person: 'ana', kind: 'assigned' },
          { person: 'bo', kind: 'replaced', detail: { field: 'owner', value: 'bo', with: 'ana', by: 'lea' } },
        ],
      },
    });
    expect(records.ticket('r1').owner).toBe('ana');
  });
});
