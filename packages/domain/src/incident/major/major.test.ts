import { describe, expect, test } from 'vitest';
import type { MajorPhase, TicketAct } from '../../shared/index.ts';
import { asSeenBy, commanderOf, phaseOf, recordId } from '../../shared/index.ts';
import { bringMajor } from '../../shared/test-support/major.ts';
import { actor, id } from '../../shared/test-support/organisation.ts';
import { Records, creating } from '../../shared/test-support/records.ts';
import { CANCEL, CLOSE, REOPEN, RESOLVE, bring } from '../../shared/test-support/walk.ts';
import { INCIDENT_LIFECYCLE, incident } from '../index.ts';

const openRecords = () => new Records(() => incident);
const PROPOSE: TicketAct = { verb: 'propose-major', severity: 2, reason: 'Whole site is down.' };
const ACCEPT: TicketAct = { verb: 'accept-major' };
const REJECT: TicketAct = { verb: 'reject-major', reason: 'One floor only.' };
const DEMOTE: TicketAct = { verb: 'demote-major', reason: 'Smaller than thought.' };
const move = (to: MajorPhase): TicketAct => ({ verb: 'move-phase', to });

function withMajor(): Records {
  const records = openRecords();
  bringMajor(records, 'i1');
  return records;
}

describe('becoming a major incident', () => {
  test('[INC-5] a proposal is accepted or rejected, an accepted one demoted', () => {
    const records = openRecords();
    bring(records, 'incident', 'i1', 'new');
    expect(records.run('lea', 'incident', 'i1', REJECT)).toMatchObject({
      refusal: { code: 'incident/major-state', state: null },
    });
    records.run('ana', 'incident', 'i1', PROPOSE);
    expect(records.ticket('i1').major).toMatchObject({
      state: 'proposed',
      severity: 2,
      roles: [],
      phases: [],
    });
    records.run('lea', 'incident', 'i1', REJECT);
    expect(records.ticket('i1').major).toMatchObject({ state: 'rejected', reason: 'One floor only.' });
    expect(records.run('lea', 'incident', 'i1', DEMOTE)).toMatchObject({
      refusal: { code: 'incident/major-state', state: 'rejected' },
    });
    records.run('ana', 'incident', 'i1', PROPOSE);
    records.run('lea', 'incident', 'i1', ACCEPT);
    expect(records.ticket('i1').major?.state).toBe('accepted');
    records.run('lea', 'incident', 'i1', DEMOTE);
    expect(records.ticket('i1').major).toMatchObject({ state: 'demoted', roles: [], offer: null });
    expect(records.run('lea', 'incident', 'i1', move('investigating'))).toMatchObject({
      refusal: { code: 'incident/major-state', state: 'demoted' },
    });
  });

  test('[INC-6] a manager declares one in one act and commands it', () => {
    const records = openRecords();
    const answer = records.run('lea', 'incident', 'i1', creating('incident', { major: { severity: 1 } }));
    expect(answer).toMatchObject({
      value: { events: [{ type: 'created' }, { type: 'major-proposed' }, { type: 'major-accepted' }] },
    });
    const { major } = records.ticket('i1');
    expect([major?.state, major?.severity, phaseOf(major ?? null)]).toEqual(['accepted', 1, 'triage']);
    expect(commanderOf(major ?? null)).toBe(id('lea'));
  });

  test('[INC-6] the other managers are told of a major incident that was declared and accepted in one', () => {
    const told = (answer: ReturnType<ReturnType<typeof openRecords>['run']>) =>
      answer.ok
        ? answer.value.tell.map(({ person, kind, detail }) => [person, kind, detail['accepted']])
        : [];
    const records = openRecords();
    const boss = { ...actor('lea'), id: id('bo') };
    const created = records.run(boss, 'incident', 'i1', creating('incident', { major: { severity: 1 } }));
    expect(told(created)).toEqual([[id('lea'), 'major-proposed', true]]);
    bring(records, 'incident', 'i2', 'new');
    const accepted = records.run(boss, 'incident', 'i2', { ...ACCEPT, severity: 1 } as TicketAct);
    expect(told(accepted)).toEqual([[id('lea'), 'major-proposed', true]]);
  });

  test('[INC-6] an agent’s declaration is a proposal, which every manager is told', () => {
    const records = openRecords();
    const answer = records.run('ana', 'incident', 'i1', creating('incident', { major: { severity: 1 } }));
    expect(answer).toMatchObject({
      value: { tell: [{ person: id('lea'), kind: 'major-proposed', detail: { severity: 1 } }] },
    });
    expect(records.ticket('i1').major).toMatchObject({ state: 'proposed', proposedBy: id('ana') });
  });

  test('[INC-7] agents propose and do not decide; who asks may neither', () => {
    const records = openRecords();
    bring(records, 'incident', 'i1', 'new');
    expect(records.run('rita', 'incident', 'i1', PROPOSE)).toMatchObject({
      refusal: { code: 'incident/not-permitted', permission: 'incident.declare-major' },
    });
    for (const act of [ACCEPT, REJECT, DEMOTE, { verb: 'close-major' } as const]) {
      expect(records.run('ana', 'incident', 'i1', act)).toMatchObject({
        refusal: { code: 'incident/not-permitted', permission: 'incident.manage-major' },
      });
    }
    expect(records.run('ana', 'incident', 'i1', PROPOSE).ok).toBe(true);
  });

  test('[INC-8] a reason is needed, and accepting corrects the severity and names the commander', () => {
    const records = openRecords();
    bring(records, 'incident', 'i1', 'new');
    expect(records.run('ana', 'incident', 'i1', { ...PROPOSE, reason: ' ' } as TicketAct)).toMatchObject({
      refusal: { code: 'incident/missing-field', field: 'reason' },
    });
    records.run('ana', 'incident', 'i1', PROPOSE);
    expect(
      records.run('lea', 'incident', 'i1', { verb: 'accept-major', commander: id('rita') }),
    ).toMatchObject({ refusal: { code: 'incident/invalid-value', field: 'commander' } });
    const accept: TicketAct = { verb: 'accept-major', severity: 1, commander: id('bo') };
    expect(records.run('lea', 'incident', 'i1', accept)).toMatchObject({
      value: { tell: [{ person: id('bo'), kind: 'role-assigned' }] },
    });
    expect(commanderOf(records.ticket('i1').major)).toBe(id('bo'));
    expect(records.ticket('i1').major?.severity).toBe(1);
  });

  test('[INC-9] who decides second is shown the first, or told who decided otherwise', () => {
    const records = openRecords();
    bring(records, 'incident', 'i1', 'new');
    const basis = records.ticket('i1').version;
    records.run('ana', 'incident', 'i1', PROPOSE);
    expect(records.run('bo', 'incident', 'i1', PROPOSE, { basis })).toMatchObject({
      value: { events: [], superseded: { by: { person: id('ana') }, reason: 'already-done' } },
    });
    const seen = records.ticket('i1').version;
    records.run('lea', 'incident', 'i1', REJECT);
    const other = { ...actor('lea'), id: id('bo') };
    expect(records.run(other, 'incident', 'i1', DEMOTE, { basis: seen })).toMatchObject({
      refusal: { code: 'incident/major-state', state: 'rejected', by: id('lea') },
    });
  });
});

describe('the response', () => {
  test('[INC-10] each phase stamps its time and leads to the next, or back to investigating', () => {
    const records = withMajor();
    for (const to of ['investigating', 'identified', 'fixing', 'investigating'] as const) {
      expect(records.run('lea', 'incident', 'i1', move(to)).ok).toBe(true);
    }
    const phases = records.ticket('i1').major?.phases ?? [];
    expect(phases.map(({ phase }) => phase)).toEqual([
      ...['triage', 'investigating', 'identified', 'fixing', 'investigating'],
    ]);
    expect(phases.map(({ at }) => at)).toEqual(phases.map(({ at }) => at).toSorted((a, b) => a - b));
    expect(records.run('lea', 'incident', 'i1', move('monitoring'))).toMatchObject({
      refusal: { code: 'incident/no-such-phase', from: 'investigating', allowed: ['identified'] },
    });
  });

  test('[INC-11] resolving brings the phase resolved, reopening goes back to investigating', () => {
    const records = withMajor();
    expect(records.run('lea', 'incident', 'i1', move('resolved'))).toMatchObject({
      refusal: { code: 'incident/major-not-resolved', phase: 'triage' },
    });
    records.run('ana', 'incident', 'i1', RESOLVE);
    expect(phaseOf(records.ticket('i1').major)).toBe('resolved');
    records.run('lea', 'incident', 'i1', REOPEN);
    expect(phaseOf(records.ticket('i1').major)).toBe('investigating');
    records.run('ana', 'incident', 'i1', RESOLVE);
    expect(records.run('lea', 'incident', 'i1', move('learning')).ok).toBe(true);
  });

  test('[INC-12] it closes when resolved and its review has begun, and the incident with it', () => {
    const records = withMajor();
    records.run('ana', 'incident', 'i1', RESOLVE);
    expect(records.run('lea', 'incident', 'i1', { verb: 'close-major' })).toMatchObject({
      refusal: { code: 'incident/major-not-resolved', phase: 'resolved' },
    });
    records.run('lea', 'incident', 'i1', move('learning'));
    records.run('lea', 'incident', 'i1', { verb: 'close-major' });
    const { state, major } = records.ticket('i1');
    expect([state, major?.state, phaseOf(major)]).toEqual(['closed', 'closed', 'closed']);
    expect(commanderOf(major)).toBe(id('lea'));
  });

  test('[INC-12] a reopening that had not seen the closing is told who closed it', () => {
    const records = withMajor();
    records.run('ana', 'incident', 'i1', RESOLVE);
    records.run('lea', 'incident', 'i1', move('learning'));
    const basis = records.ticket('i1').version;
    records.run('lea', 'incident', 'i1', { verb: 'close-major' });
    expect(records.run('ana', 'incident', 'i1', REOPEN, { basis })).toMatchObject({
      refusal: { code: 'incident/major-state', state: 'closed', by: id('lea') },
    });
  });

  test('[INC-13] nobody closes, cancels or merges it, and its caller moves nothing', () => {
    const records = withMajor();
    bring(records, 'incident', 'i2', 'new');
    const held = { refusal: { code: 'incident/major-incident', severity: 3 } };
    expect(records.run('lea', 'incident', 'i1', CANCEL)).toMatchObject(held);
    expect(records.run('rita', 'incident', 'i1', CANCEL)).toMatchObject(held);
    expect(records.run('ana', 'incident', 'i1', { verb: 'merge', into: recordId('i2') })).toMatchObject(held);
    const basis = records.ticket('i1').version;
    records.run('ana', 'incident', 'i1', RESOLVE);
    for (const who of ['rita', 'lea', 'system']) {
      expect(records.run(who, 'incident', 'i1', CLOSE)).toMatchObject(held);
    }
    expect(records.run('rita', 'incident', 'i1', REOPEN)).toMatchObject(held);
    records.run('rita', 'incident', 'i1', { verb: 'reply', text: 'Still down here.' }, { basis });
    expect(records.ticket('i1').state).toBe('resolved');
    const offered = (who: string) =>
      INCIDENT_LIFECYCLE.allowedTransitions(records.ticket('i1'), actor(who)).map(({ to }) => to);
    expect([offered('rita'), offered('ana')]).toEqual([[], ['in_progress']]);
  });

  test('[INC-14] a lowering that did not know of a raise gives way', () => {
    const records = withMajor();
    const basis = records.ticket('i1').version;
    const severity = (to: 1 | 4): TicketAct => ({ verb: 'set-severity', severity: to });
    records.run('ana', 'incident', 'i1', severity(1));
    expect(records.run('lea', 'incident', 'i1', severity(4), { basis })).toMatchObject({
      value: { events: [], superseded: { reason: 'severity-raised', by: { person: id('ana') } } },
    });
    expect(records.run('lea', 'incident', 'i1', severity(4))).toMatchObject({ ok: true });
    expect(records.ticket('i1')).toMatchObject({ priority: 3, major: { severity: 4 } });
  });

  test('[INC-15] who does not lead moves no phase, no severity and no other person’s role', () => {
    const records = withMajor();
    const acts: readonly TicketAct[] = [
      move('investigating'),
      { verb: 'set-severity', severity: 1 },
      { verb: 'assign-role', role: 'scribe', person: id('ana') },
      { verb: 'renounce-role', role: 'deputy', person: id('ana') },
      { verb: 'offer-command', to: id('bo') },
    ];
    for (const act of acts) {
      expect(records.run('bo', 'incident', 'i1', act)).toMatchObject({
        refusal: { code: 'incident/not-permitted', permission: 'incident.manage-major' },
      });
    }
    expect(records.run('ana', 'incident', 'i1', move('investigating')).ok).toBe(true);
  });

  test('[INC-20] the caller reads its severity and phase, and not who does what', () => {
    const records = withMajor();
    const told = asSeenBy(actor('rita'), records.ticket('i1')).major;
    expect(told).toMatchObject({ state: 'accepted', severity: 3, roles: [], offer: null });
    expect(phaseOf(told)).toBe('triage');
    records.run('ana', 'incident', 'i2', creating('incident', { major: { severity: 2 } }));
    expect(asSeenBy(actor('rita'), records.ticket('i2')).major).toBeNull();
  });
});
