import { describe, expect, test } from 'vitest';
import type { Recorded, Ticket, TicketAct, TicketEvent } from '../../shared/index.ts';
import { id } from '../../shared/test-support/organisation.ts';
import { HOUR, Records } from '../../shared/test-support/records.ts';
import { bring } from '../../shared/test-support/walk.ts';
import { incident } from '../incident.ts';
import {
  DEFAULT_ALERT_MAPPING,
  DEFAULT_ALERT_NUMBERS,
  alertState,
  answerEnded,
  answerFired,
  isAcknowledged,
  isOutgrown,
  openingOf,
  raisingOf,
  readReport,
  reopeningOf,
  resolvingOf,
  silencedUntil,
  stormOf,
} from './index.ts';
import type { AlertReport, AlertSource } from './index.ts';

const MINUTE = 60_000;
const SOURCE: AlertSource = {
  person: id('ana'),
  name: 'Prometheus',
  team: null,
  service: null,
  mapping: DEFAULT_ALERT_MAPPING,
};
const REPORT: AlertReport = {
  groupKey: 'g',
  title: null,
  status: 'firing',
  truncated: 0,
  labels: {},
  alerts: [
    {
      fingerprint: 'f',
      startsAt: 1,
      status: 'firing',
      labels: { alertname: 'Down', instance: 'a', severity: 'critical' },
      annotations: {},
      url: null,
    },
  ],
};

/** An incident that alerts made, brought to a state by `ana`. */
function alerted(state: string): { readonly records: Records; readonly ticket: Ticket } {
  const records = new Records(() => incident);
  const opening = openingOf(SOURCE, REPORT, readReport(REPORT, SOURCE.mapping, null, new Map()), null);
  expect(records.run('system', 'incident', 'i1', opening).ok).toBe(true);
  if (state !== 'new') bring(records, 'incident', 'i2', state);
  const base = records.ticket('i1');
  const moved = state === 'new' ? base : { ...records.ticket('i2'), channel: 'alert' as const };
  return { records, ticket: { ...moved, id: base.id } };
}

const moment = (ticket: Ticket, minutes: number, silencedUntil: number | null = null) => ({
  now: (ticket.resolvedAt ?? ticket.updatedAt) + minutes * MINUTE,
  firedAt: (ticket.resolvedAt ?? ticket.updatedAt) + minutes * MINUTE,
  numbers: DEFAULT_ALERT_NUMBERS,
  silencedUntil,
});

test('[INC-74] a storm shares a label, or is simply too many', () => {
  const recent = (all: number, sharing: number) => ({ all, sharing: () => sharing });
  const { stormGroups, stormLabelGroups } = DEFAULT_ALERT_NUMBERS;
  const labels = { cluster: 'north' };
  expect(stormOf(labels, recent(stormGroups, stormLabelGroups), DEFAULT_ALERT_NUMBERS)).toBeNull();
  expect(stormOf(labels, recent(2, stormLabelGroups + 1), DEFAULT_ALERT_NUMBERS)).toBe('cluster=north');
  expect(stormOf({}, recent(stormGroups + 1, 0), DEFAULT_ALERT_NUMBERS)).toBe('*');
});

describe('what alerts do to their incident', () => {
  test('[INC-60] [INC-67] alerts that fire without an incident make one', () => {
    expect(
      answerFired(null, { now: 0, firedAt: 0, numbers: DEFAULT_ALERT_NUMBERS, silencedUntil: null }),
    ).toEqual({
      does: 'open',
    });
    expect(alerted('new').ticket).toMatchObject({
      channel: 'alert',
      title: 'Down (a)',
      priority: 1,
      requester: id('ana'),
    });
  });

  test.each(['new', 'in_progress', 'on_hold'])('[INC-68] while it is %s they are noted', (state) => {
    const { ticket } = alerted(state);
    expect(answerFired(ticket, moment(ticket, 0))).toEqual({ does: 'note', stance: null });
  });

  test('[INC-148] worse ones raise it, and what they do not outgrow stays', () => {
    const records = new Records(() => incident);
    const warning = {
      ...REPORT,
      alerts: REPORT.alerts.map((one) => ({ ...one, labels: { severity: 'warning' } })),
    };
    const read = (report: AlertReport) => readReport(report, SOURCE.mapping, null, new Map());
    records.run('system', 'incident', 'i1', openingOf(SOURCE, warning, read(warning), null));
    expect(isOutgrown(records.ticket('i1'), read(warning))).toBe(false);
    expect(isOutgrown(records.ticket('i1'), read(REPORT))).toBe(true);
    const raising = raisingOf(records.ticket('i1'), records.history('i1'), read(REPORT));
    expect(raising).toEqual({ verb: 'edit', fields: { impact: 1, urgency: 1 } });
    expect(records.run('system', 'incident', 'i1', raising as TicketAct).ok).toBe(true);
    expect(records.ticket('i1')).toMatchObject({ impact: 1, urgency: 1, priority: 1 });
    expect(isOutgrown(records.ticket('i1'), read(warning))).toBe(false);
    // the system's own raise is nobody's judgement
    const seen = { ...records.ticket('i1'), impact: 2 as const };
    expect(raisingOf(seen, records.history('i1'), read(REPORT))).toEqual({
      verb: 'edit',
      fields: { impact: 1 },
    });
  });

  test('[INC-148] what a person judged, what has ended, what alerts did not make and a major one are not raised', () => {
    const worst = { impact: 1, urgency: 1 } as const;
    const low = { impact: 3, urgency: 3 } as const;
    for (const act of [
      { verb: 'edit', fields: { urgency: 2 } },
      { verb: 'override-priority', priority: 4, reason: 'A test machine' },
    ] as const) {
      const { records, ticket } = alerted('new');
      records.run('ana', 'incident', ticket.id, { verb: 'edit', fields: { title: 'Disk full' } });
      expect(raisingOf({ ...ticket, ...low }, records.history('i1'), worst)).not.toBeNull();
      expect(records.run('ana', 'incident', ticket.id, act).ok).toBe(true);
      expect(raisingOf({ ...ticket, ...low }, records.history('i1'), worst)).toBeNull();
    }
    const taken = alerted('new');
    const was = taken.ticket.urgency;
    for (const urgency of [was === 3 ? 2 : 3, was] as const)
      expect(taken.records.run('ana', 'incident', 'i1', { verb: 'edit', fields: { urgency } }).ok).toBe(true);
    expect(raisingOf({ ...taken.ticket, ...low }, taken.records.history('i1'), worst)).not.toBeNull();
    const { records, ticket } = alerted('new');
    records.run('lea', 'incident', ticket.id, { verb: 'accept-major', severity: 2 });
    expect(isOutgrown({ ...ticket, ...low }, worst)).toBe(true);
    expect(isOutgrown({ ...records.ticket('i1'), ...low }, worst)).toBe(false);
    expect(isOutgrown({ ...ticket, ...low, channel: 'phone' }, worst)).toBe(false);
    for (const state of ['resolved', 'closed'] as const)
      expect(isOutgrown({ ...ticket, ...low, state }, worst)).toBe(false);
  });

  test('[INC-69] soon after alerts resolved it they reopen it, later they make a new one', () => {
    const { records } = alerted('new');
    for (const act of resolvingOf(records.ticket('i1'), 'Prometheus', 1)) {
      expect(records.run('system', 'incident', 'i1', act).ok).toBe(true);
    }
    const ticket = records.ticket('i1');
    expect(ticket).toMatchObject({ state: 'resolved', owner: null });
    expect(answerFired(ticket, moment(ticket, 29))).toEqual({ does: 'reopen' });
    expect(answerFired(ticket, moment(ticket, 30))).toEqual({ does: 'open' });
    expect(records.run('system', 'incident', 'i1', reopeningOf('Prometheus')).ok).toBe(true);
    expect(records.ticket('i1').state).toBe('in_progress');
  });

  test.each([
    ['resolved', 'resolved-by-person'],
    ['closed', 'ended'],
    ['cancelled', 'ended'],
  ])('[INC-70] what a person left %s stays so, and the history says that alerts fire', (state, stance) => {
    const { ticket } = alerted(state);
    expect(answerFired(ticket, moment(ticket, 0))).toEqual({ does: 'note', stance });
    expect(answerFired({ ...ticket, resolvedAt: 0, closedAt: 0 }, moment(ticket, 30))).toEqual({
      does: 'open',
    });
  });

  test('[INC-71] the last alert that is over resolves it, and none before', () => {
    for (const state of ['new', 'in_progress']) {
      const { ticket } = alerted(state);
      expect(answerEnded(ticket, 1, moment(ticket, 0))).toEqual({ does: 'note', stance: null });
      expect(answerEnded(ticket, 0, moment(ticket, 0))).toEqual({ does: 'resolve' });
    }
  });

  test('[INC-72] one on hold, or that alerts did not make, is not resolved by them', () => {
    const { ticket: held } = alerted('on_hold');
    expect(answerEnded(held, 0, moment(held, 0))).toEqual({ does: 'note', stance: 'on-hold' });
    const { ticket } = alerted('in_progress');
    expect(answerEnded({ ...ticket, channel: 'phone' }, 0, moment(ticket, 0))).toEqual({
      does: 'note',
      stance: 'not-from-alerts',
    });
  });

  test('[INC-72] a major incident is not resolved by alerts: its people end it', () => {
    const { records, ticket } = alerted('new');
    records.run('lea', 'incident', ticket.id, { verb: 'accept-major', severity: 2 });
    const major = records.ticket(ticket.id);
    expect(answerEnded(major, 0, moment(major, 0))).toEqual({ does: 'note', stance: 'major' });
  });

  test('[INC-73] silenced alerts reopen, make and note nothing', () => {
    for (const state of ['new', 'resolved', 'closed']) {
      const { ticket } = alerted(state);
      const silenced = moment(ticket, 1, ticket.updatedAt + HOUR);
      expect(answerFired(ticket, silenced)).toEqual({ does: 'keep' });
      expect(answerEnded(ticket, 1, silenced)).toEqual({ does: 'keep' });
    }
  });

  test('[INC-149] what came soon under a silence reopens when that is over, however long it lasted', () => {
    const { records } = alerted('new');
    for (const act of resolvingOf(records.ticket('i1'), 'Prometheus', 1)) {
      records.run('system', 'incident', 'i1', act);
    }
    const ticket = records.ticket('i1');
    const over = (firedAfter: number, silencedUntil: number | null) => ({
      ...moment(ticket, 600, silencedUntil),
      firedAt: moment(ticket, firedAfter).now,
    });
    const now = moment(ticket, 600).now;
    expect(answerFired(ticket, over(29, now))).toEqual({ does: 'reopen' });
    expect(answerFired(ticket, over(29, 0))).toEqual({ does: 'reopen' });
    expect(answerFired(ticket, over(30, now))).toEqual({ does: 'open' });
    expect(answerFired(ticket, over(29, now + 1))).toEqual({ does: 'keep' });
    const { ticket: byPerson } = alerted('resolved');
    expect(answerFired(byPerson, { ...moment(byPerson, 600), firedAt: moment(byPerson, 29).now })).toEqual({
      does: 'note',
      stance: 'resolved-by-person',
    });
  });
});

describe('what people say of alerts', () => {
  const note: TicketAct = {
    verb: 'note-alerts',
    change: 'fired',
    source: 'Prometheus',
    firing: 9,
    total: 9,
    untold: 0,
    named: ['1', '2', '3', '4', '5', '6'],
    stance: null,
  };

  test('[INC-75] the system tells counts with five names at most, and nobody else does', () => {
    const { records } = alerted('new');
    expect(records.run('ana', 'incident', 'i1', note)).toMatchObject({
      refusal: { code: 'incident/not-permitted' },
    });
    expect(records.run('system', 'incident', 'i1', note).ok).toBe(true);
    expect(records.history('i1').at(-1)?.event).toMatchObject({ type: 'alerts-noted', named: { length: 5 } });
  });

  test('[INC-76] agents acknowledge and silence; the second of two who acknowledge is shown the first', () => {
    const { records } = alerted('new');
    const basis = records.ticket('i1').version;
    const acknowledge: TicketAct = { verb: 'acknowledge-alerts' };
    expect(records.run('ana', 'incident', 'i1', acknowledge, { basis }).ok).toBe(true);
    expect(records.run('bo', 'incident', 'i1', acknowledge, { basis })).toMatchObject({
      value: { events: [], superseded: { reason: 'already-done' } },
    });
    const silence = (until: number): TicketAct => ({ verb: 'silence-alerts', until });
    expect(records.run('ana', 'incident', 'i1', silence(records.now - 1))).toMatchObject({
      refusal: { code: 'incident/time-not-ahead' },
    });
    expect(records.run('ana', 'incident', 'i1', silence(records.now + HOUR)).ok).toBe(true);
    bring(records, 'incident', 'i9', 'closed');
    expect(records.run('ana', 'incident', 'i9', acknowledge)).toMatchObject({
      refusal: { code: 'incident/not-open' },
    });
  });

  test('[INC-77] what had come is acknowledged, all that fires is silenced, what is over is over', () => {
    const said = (event: TicketEvent, at: number): Recorded<TicketEvent> => ({
      ...{ seq: at, version: at, actor: id('ana'), at, clientAt: at, event },
    });
    const seen = said({ type: 'alerts-acknowledged' }, 10);
    const silenced = said({ type: 'alerts-silenced', until: 30 }, 20);
    const firing = (receivedAt: number) => ({ state: 'firing' as const, receivedAt });
    expect([alertState(firing(9), [seen], 15), alertState(firing(11), [seen], 15)]).toEqual([
      'acknowledged',
      'firing',
    ]);
    expect([
      alertState(firing(11), [seen, silenced], 25),
      alertState(firing(11), [seen, silenced], 30),
    ]).toEqual(['silenced', 'firing']);
    // a silence hides what was seen, and takes nothing of it away
    expect([9, 11].map((at) => isAcknowledged(firing(at), [seen, silenced]))).toEqual([true, false]);
    expect(alertState({ state: 'resolved', receivedAt: 1 }, [seen, silenced], 25)).toBe('resolved');
  });

  test('[INC-145] a silence ends early, also when the incident is resolved, but for what others said meanwhile', () => {
    const { records } = alerted('new');
    const silence = (hours: number): TicketAct => ({
      verb: 'silence-alerts',
      until: records.now + hours * HOUR,
    });
    const end: TicketAct = { verb: 'end-silence' };
    const run = (who: string, act: TicketAct, basis = records.ticket('i1').version) =>
      records.run(who, 'incident', 'i1', act, { basis });
    const isSilent = (): boolean => silencedUntil(records.history('i1'), records.now) !== null;
    run('ana', silence(2));
    expect(run('rita', end).ok).toBe(false);
    expect(isSilent()).toBe(true);
    const before = records.ticket('i1').version;
    expect(run('bo', end).ok).toBe(true);
    expect(isSilent()).toBe(false);
    expect(run('ana', end, before)).toMatchObject({
      value: { events: [], superseded: { reason: 'already-done' } },
    });

    // whoever silences anew is not undone by an end that had not seen it
    const unsilenced = records.ticket('i1').version;
    run('ana', silence(3));
    expect(run('bo', end, unsilenced)).toMatchObject({
      value: { events: [], superseded: { reason: 'silenced-anew' } },
    });
    expect(isSilent()).toBe(true);
    // what one said last oneself counts, whatever others had said before
    run('bo', silence(4), before);
    expect(run('bo', end, before)).toMatchObject({ value: { events: [{ until: 0 }] } });
    expect(isSilent()).toBe(false);
    expect(run('bo', end, before)).toMatchObject({ refusal: { code: 'incident/nothing-to-change' } });

    run('ana', silence(5));
    bring(records, 'incident', 'i1', 'resolved');
    expect(run('ana', end).ok).toBe(true);
    expect(isSilent()).toBe(false);
  });
});
