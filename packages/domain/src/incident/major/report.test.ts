import { describe, expect, test } from 'vitest';
import type { TicketAct } from '../../shared/index.ts';
import { asSeenBy, audienceOf, nextReportAt, reportMinutes, reportStageAt } from '../../shared/index.ts';
import { bringMajor } from '../../shared/test-support/major.ts';
import { actor, id } from '../../shared/test-support/organisation.ts';
import { HOUR, MINUTE, Records } from '../../shared/test-support/records.ts';
import { REOPEN, RESOLVE } from '../../shared/test-support/walk.ts';
import { incident } from '../index.ts';

const REPORT: TicketAct = {
  verb: 'send-report',
  conditions: ' Half of the branches are offline. ',
  actions: 'The carrier sends somebody.',
  needs: '',
};
const every = (minutes: number | null): TicketAct => ({ verb: 'set-report-interval', minutes });

function openMajor(): Records {
  const records = new Records(() => incident);
  bringMajor(records, 'i1');
  return records;
}

const majorOf = (records: Records) => {
  const { major } = records.ticket('i1');
  if (major === null) throw new Error('no major incident');
  return major;
};

describe('status reports', () => {
  test('[INC-80] a report has conditions, and may name actions and needs', () => {
    const records = openMajor();
    expect(records.run('lea', 'incident', 'i1', { ...REPORT, conditions: ' ' })).toMatchObject({
      refusal: { code: 'incident/missing-field', field: 'conditions' },
    });
    expect(records.run('lea', 'incident', 'i1', { ...REPORT, needs: 'x'.repeat(4_001) })).toMatchObject({
      refusal: { code: 'incident/invalid-value', field: 'needs', value: 4_001 },
    });
    expect(majorOf(records).reports).toBeNull();
    records.run('lea', 'incident', 'i1', REPORT);
    expect(majorOf(records).reports).toEqual({ count: 1, lastAt: records.now, minutes: null });
    expect(records.history('i1').at(-1)?.event).toEqual({
      type: 'report-sent',
      conditions: 'Half of the branches are offline.',
      actions: 'The carrier sends somebody.',
      needs: '',
    });
  });

  test('[INC-81] leaders, the scribe and the liaisons report, others and other incidents do not', () => {
    const records = openMajor();
    expect(records.run('bo', 'incident', 'i1', REPORT)).toMatchObject({
      refusal: { code: 'incident/not-permitted' },
    });
    for (const role of ['scribe', 'customer-liaison', 'internal-liaison'] as const) {
      records.run('bo', 'incident', 'i1', { verb: 'assign-role', role, person: id('bo') });
      expect(records.run('bo', 'incident', 'i1', REPORT).ok).toBe(true);
      records.run('bo', 'incident', 'i1', { verb: 'renounce-role', role, person: id('bo') });
    }
    expect(records.run('ana', 'incident', 'i1', REPORT).ok).toBe(true);
    records.run('lea', 'incident', 'i1', { verb: 'demote-major', reason: 'One floor only.' });
    expect(records.run('lea', 'incident', 'i1', REPORT)).toMatchObject({
      refusal: { code: 'incident/major-state', state: 'demoted' },
    });
  });

  test('[INC-84] two reports sent at once both stand', () => {
    const records = openMajor();
    const basis = records.ticket('i1').version;
    expect(records.run('lea', 'incident', 'i1', REPORT, { basis }).ok).toBe(true);
    const second = records.run('ana', 'incident', 'i1', { ...REPORT, needs: 'A second line.' }, { basis });
    expect(second).toMatchObject({ value: { events: [{ type: 'report-sent' }] } });
    expect(majorOf(records).reports).toMatchObject({ count: 2, lastAt: records.now });
  });

  test('[INC-86] the caller reads no reports', () => {
    const records = openMajor();
    records.run('lea', 'incident', 'i1', REPORT);
    const { event } = records.history('i1').at(-1) ?? {};
    expect(event === undefined ? null : audienceOf(event)).toBe('staff');
    expect(asSeenBy(actor('rita'), records.ticket('i1')).major).toMatchObject({ severity: 3, reports: null });
  });
});

describe('the cadence', () => {
  test('[INC-82] the next report is due an interval of the severity after the last', () => {
    const records = openMajor();
    const accepted = majorOf(records).acceptedAt ?? 0;
    expect(nextReportAt(majorOf(records))).toBe(accepted + 2 * HOUR);
    records.run('lea', 'incident', 'i1', { verb: 'set-severity', severity: 1 });
    expect(nextReportAt(majorOf(records))).toBe(accepted + 30 * MINUTE);
    records.now += HOUR;
    records.run('lea', 'incident', 'i1', REPORT);
    expect(nextReportAt(majorOf(records))).toBe(records.now + 30 * MINUTE);
    const minutes = ([1, 2, 3, 4, 5] as const).map((severity) =>
      reportMinutes({ ...majorOf(records), severity }),
    );
    expect(minutes).toEqual([30, 60, 120, 240, 480]);
  });

  test('[INC-82] leaders set another interval for one incident, within bounds', () => {
    const records = openMajor();
    const accepted = majorOf(records).acceptedAt ?? 0;
    records.run('bo', 'incident', 'i1', { verb: 'assign-role', role: 'scribe', person: id('bo') });
    expect(records.run('bo', 'incident', 'i1', every(15))).toMatchObject({
      refusal: { code: 'incident/not-permitted' },
    });
    for (const unfit of [0, 4, 1_441, 7.5]) {
      expect(records.run('ana', 'incident', 'i1', every(unfit))).toMatchObject({
        refusal: { code: 'incident/invalid-value', field: 'reportInterval', value: unfit },
      });
    }
    records.run('ana', 'incident', 'i1', every(15));
    expect(nextReportAt(majorOf(records))).toBe(accepted + 15 * MINUTE);
    records.run('ana', 'incident', 'i1', every(null));
    expect(nextReportAt(majorOf(records))).toBe(accepted + 2 * HOUR);
    expect(records.run('ana', 'incident', 'i1', every(null))).toMatchObject({
      refusal: { code: 'incident/nothing-to-change' },
    });
  });

  test('[INC-83] no report is due once it is resolved, and reopening begins anew', () => {
    const records = openMajor();
    records.run('lea', 'incident', 'i1', RESOLVE);
    expect(nextReportAt(majorOf(records))).toBeNull();
    records.now += 9 * HOUR;
    records.run('lea', 'incident', 'i1', REOPEN);
    expect(nextReportAt(majorOf(records))).toBe(records.now + 2 * HOUR);
    records.run('lea', 'incident', 'i1', { verb: 'move-phase', to: 'identified' });
    expect(nextReportAt(majorOf(records))).toBe(records.now - MINUTE + 2 * HOUR);
  });

  test('[INC-84] of two intervals set at once the later stands, and the other’s author is told', () => {
    const records = openMajor();
    const basis = records.ticket('i1').version;
    records.run('lea', 'incident', 'i1', every(15));
    expect(records.run('ana', 'incident', 'i1', every(15), { basis })).toMatchObject({
      value: { superseded: { reason: 'already-done' } },
    });
    expect(records.run('ana', 'incident', 'i1', every(45), { basis })).toMatchObject({
      value: { tell: [{ person: id('lea'), kind: 'replaced', detail: { value: 15, with: 45 } }] },
    });
    expect(majorOf(records).reports?.minutes).toBe(45);
  });
});

describe('reminders', () => {
  test('[INC-85] the clock reminds commander and scribe of the report that is due, and of no other', () => {
    const records = openMajor();
    records.run('bo', 'incident', 'i1', { verb: 'assign-role', role: 'scribe', person: id('bo') });
    const due = nextReportAt(majorOf(records)) ?? 0;
    const remind: TicketAct = { verb: 'remind-report', due, stage: 'overdue' };
    expect(records.run('lea', 'incident', 'i1', remind)).toMatchObject({
      refusal: { code: 'incident/not-permitted' },
    });
    const { version } = records.ticket('i1');
    expect(records.run('system', 'incident', 'i1', remind)).toMatchObject({
      value: {
        events: [],
        tell: [
          { person: id('lea'), kind: 'report-due', detail: { due, stage: 'overdue' } },
          { person: id('bo'), kind: 'report-due' },
        ],
      },
    });
    expect(records.ticket('i1').version).toBe(version);
    records.run('lea', 'incident', 'i1', REPORT);
    expect(records.run('system', 'incident', 'i1', remind)).toMatchObject({
      refusal: { code: 'incident/nothing-to-change' },
    });
  });

  test('[INC-85] a report is due soon five minutes before its time', () => {
    const due = 10 * HOUR;
    expect(reportStageAt(due, due - 5 * MINUTE - 1)).toBeNull();
    expect(reportStageAt(due, due - 5 * MINUTE)).toBe('due');
    expect(reportStageAt(due, due)).toBe('overdue');
  });
});
