import { describe, expect, test } from 'vitest';
import { recordId, serviceId, tokenOf } from '../shared/index.ts';
import { NETWORK, PAYROLL, id } from '../shared/test-support/organisation.ts';
import { Records, creating } from '../shared/test-support/records.ts';
import { desk } from './index.ts';

const openDesk = () => new Records(() => desk);

describe('making a request', () => {
  test('[DSK-5] a new request is at version 1, in its first state, with its clock running', () => {
    const records = openDesk();
    expect(records.run('ana', 'desk', 'r1', creating('desk', { tags: [' vpn ', 'vpn'] })).ok).toBe(true);
    expect(records.ticket('r1')).toMatchObject({
      id: 'r1',
      process: 'desk',
      number: 'desk-1',
      version: 1,
      state: 'new',
      owner: null,
      watchers: [],
      tags: ['vpn'],
      createdAt: records.now,
      clock: [records.now],
    });
  });

  test('[DSK-5] a request without a number goes by a token of its id', () => {
    expect(tokenOf('desk', recordId('01JQZ0000000000000000007F3'))).toBe('REQ-~07F3');
    expect(tokenOf('incident', recordId('01JQZ000000000000000007F3K'))).toBe('INC-~7F3K');
  });

  test('[DSK-6] impact and urgency give the priority by the matrix of the organisation', () => {
    const records = openDesk();
    records.run('ana', 'desk', 'r1', creating('desk', { impact: 1, urgency: 3 }));
    expect(records.ticket('r1')).toMatchObject({ priority: 3, matrixVersion: 1 });
  });

  test('[DSK-7] a requester asks for themselves, from the portal, and leaves the impact to the desk', () => {
    const records = openDesk();
    const act = creating('desk', { impact: 1, tags: ['x'], team: PAYROLL, channel: 'phone' });
    expect(records.run('rita', 'desk', 'r1', act).ok).toBe(true);
    expect(records.ticket('r1')).toMatchObject({
      impact: 3,
      urgency: 2,
      tags: [],
      team: NETWORK,
      channel: 'portal',
    });
    expect(records.run('ruben', 'desk', 'r2', act)).toEqual({
      ok: false,
      refusal: { code: 'desk/not-permitted', permission: 'desk.work' },
    });
  });

  test('[DSK-8] a request without a team goes to the team of its service', () => {
    const records = openDesk();
    records.run('ana', 'desk', 'r1', creating('desk'));
    records.run('ana', 'desk', 'r2', creating('desk', { team: PAYROLL }));
    records.run('ana', 'desk', 'r3', creating('desk', { service: null }));
    expect(['r1', 'r2', 'r3'].map((name) => records.ticket(name).team)).toEqual([NETWORK, PAYROLL, null]);
  });

  test.each([
    [{ title: '  ' }, { code: 'desk/missing-field', field: 'title' }],
    [{ title: 'x'.repeat(251) }, { code: 'desk/invalid-value', field: 'title' }],
    [{ kind: 'incident' }, { code: 'desk/invalid-value', field: 'kind' }],
    [{ requester: id('gone') }, { code: 'desk/unknown-person', person: 'gone' }],
    [{ service: serviceId('moon') }, { code: 'desk/unknown-service', service: 'moon' }],
    [{ category: 'gardening' }, { code: 'desk/invalid-value', field: 'category' }],
    [{ tags: [''] }, { code: 'desk/invalid-value', field: 'tags' }],
    [{ restrictedTo: PAYROLL }, { code: 'desk/not-in-team', person: 'ana', team: 'payroll' }],
  ] as const)('[DSK-9] %o is refused and named', (changes, refusal) => {
    const records = openDesk();
    const answer = records.run('ana', 'desk', 'r1', creating('desk', changes));
    expect(answer).toMatchObject({ ok: false, refusal });
    expect(records.all).toEqual([]);
  });

  test('[DSK-10] an id makes one request only', () => {
    const records = openDesk();
    records.run('ana', 'desk', 'r1', creating('desk'));
    expect(records.run('bo', 'desk', 'r1', creating('desk'))).toEqual({
      ok: false,
      refusal: { code: 'desk/already-exists', record: 'r1' },
    });
    expect(records.run('ruben', 'desk', 'r1', creating('desk', { requester: id('ruben') }))).toEqual({
      ok: false,
      refusal: { code: 'desk/no-such-record', record: 'r1' },
    });
  });
});
