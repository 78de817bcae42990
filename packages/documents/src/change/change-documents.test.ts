import { DEFAULT_AGENDA, DEFAULT_PLANS, NORMAL, RISK_LEVELS } from '@muster/domain/change';
import type { ApprovalPolicy, ChangeWindow, MeetingBoard } from '@muster/domain/change';
import { personId, recordId } from '@muster/domain/shared';
import type { Recorded } from '@muster/domain/shared';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { isNonconforming } from '../nonconforming.ts';
import { appendPlainEvents, readPlainEvents, rewritePlainEvents } from '../plain-history.ts';
import { anyChange } from '../test-support/any-change.ts';
import { decodeChange, encodeChange, readChanges, removeChange, writeChange } from './row.ts';
import { NO_CHANGE_RULES, readChangeRules, writeChangeRules } from './rules.ts';

const SEED = 20_261_128;

describe('the row of a change', () => {
  test('gives back every change unchanged, also through an update', () => {
    fc.assert(
      fc.property(anyChange, (change) => {
        const [here, there] = [new Y.Doc(), new Y.Doc()];
        writeChange(here, change);
        Y.applyUpdate(there, Y.encodeStateAsUpdate(here));
        expect(readChanges(there)).toEqual({ changes: [change], nonconforming: [] });
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  test('never throws on damaged cells and says where the fault is', () => {
    const damage = fc.anything({ withBigInt: false, maxDepth: 2 });
    fc.assert(
      fc.property(anyChange, fc.nat({ max: 34 }), damage, (change, column, junk) => {
        const row = [...(encodeChange(change) as unknown[])];
        row[column] = junk;
        const decoded = decodeChange(change.id, row);
        if (isNonconforming(decoded)) expect(decoded.path).toContain(change.id);
      }),
      { seed: SEED, numRuns: 1000 },
    );
  });

  test('sets rows of another version aside beside the ones that conform', () => {
    const [change] = fc.sample(anyChange, { seed: SEED, numRuns: 1 });
    if (change === undefined) throw new Error('no sample');
    const doc = new Y.Doc();
    writeChange(doc, change);
    doc.getMap('rows').set('odd', [99]);
    expect(readChanges(doc)).toEqual({
      changes: [change],
      nonconforming: [{ nonconforming: true, path: 'odd', reason: 'version 99 is not known here' }],
    });
    removeChange(doc, change.id);
    expect(readChanges(doc).changes).toEqual([]);
  });
});

const FREEZE: ChangeWindow = {
  id: 'freeze',
  version: 1,
  name: 'Year end',
  kind: 'freeze',
  hard: true,
  when: { zone: null, begins: '2026-12-20T00:00', ends: '2027-01-04T00:00', repeats: null },
  services: null,
  classes: null,
  models: null,
};
const POLICY: ApprovalPolicy = {
  id: 'board',
  version: 2,
  name: 'Board',
  stage: 'board',
  when: { risk: 'high' },
  rule: { kind: 'quorum', votes: 2 },
  approvers: [{ kind: 'lead', weight: 1 }],
  delegates: null,
  withinMs: 1_000,
  ownMayVote: false,
};

const BOARD: MeetingBoard = {
  id: recordId('weekly'),
  version: 4,
  retired: false,
  updatedAt: 1_000,
  name: 'Weekly',
  when: { zone: 'Europe/Zurich', begins: '2026-06-01T11:00', ends: '2026-06-01T12:00', repeats: null },
  itemMinutes: 10,
  chairs: [personId('kim')],
  members: [],
  agenda: DEFAULT_AGENDA,
};

describe('the rules of changes', () => {
  test('are read as they were written, and written once', () => {
    const doc = new Y.Doc();
    const rules = {
      ...NO_CHANGE_RULES,
      models: new Map([[NORMAL.id, NORMAL]]),
      policies: [POLICY],
      windows: [FREEZE],
      boards: new Map([[BOARD.id, BOARD]]),
      plans: { ...DEFAULT_PLANS, low: [] },
      plansVersion: 3,
      zone: 'Europe/Zurich',
    };
    writeChangeRules(doc, rules);
    expect(readChangeRules(doc)).toEqual({ rules, nonconforming: [] });
    let updates = 0;
    doc.on('update', () => (updates += 1));
    writeChangeRules(doc, rules);
    expect(updates).toBe(0);
    writeChangeRules(doc, { ...rules, windows: [] });
    expect(readChangeRules(doc).rules.windows).toEqual([]);
  });

  test('hold as the defaults say where nothing arrived, and what does not conform is set aside', () => {
    const doc = new Y.Doc();
    expect(readChangeRules(doc).rules).toEqual(NO_CHANGE_RULES);
    expect(Object.keys(readChangeRules(doc).rules.plans)).toEqual(RISK_LEVELS);
    doc.getMap('windows').set('odd', 'words');
    expect(readChangeRules(doc)).toEqual({
      rules: NO_CHANGE_RULES,
      nonconforming: [{ nonconforming: true, path: 'windows.odd', reason: 'expected a row' }],
    });
  });
});

test('the events of a journal are read as they were appended', () => {
  const doc = new Y.Doc();
  const held: Recorded<{ type: string; reason: string }> = {
    seq: 7,
    version: 2,
    event: { type: 'held', reason: 'Wait' },
    actor: personId('ana'),
    at: 2_000,
    clientAt: 1_500,
  };
  appendPlainEvents(doc, [held]);
  doc.getArray('events').push([[1, 1, 1, 'ana', 1, {}, 0], 'odd']);
  expect(readPlainEvents(doc)).toMatchObject({
    events: [held],
    nonconforming: [{ reason: 'expected an event' }, { path: 'events.2' }],
  });
});

test('[CHG-107] a journal is made to hold other events where they differ, and what it held is in no byte of it', () => {
  const event = (seq: number, words: string): Recorded<{ type: string; reason: string }> => ({
    ...{ seq, version: seq, event: { type: 'held', reason: words } },
    ...{ actor: personId('ana'), at: 2_000, clientAt: 1_500 },
  });
  const doc = new Y.Doc();
  appendPlainEvents(
    doc,
    ['first', 'secret', 'gone', 'last'].map((words, at) => event(at, words)),
  );
  const wanted = [event(0, 'first'), event(1, 'hidden'), event(3, 'last')];
  rewritePlainEvents(doc, wanted);
  expect(readPlainEvents(doc)).toEqual({ events: wanted, nonconforming: [] });
  const bytes = Buffer.from(Y.encodeStateAsUpdate(doc));
  expect(bytes.includes('last')).toBe(true);
  for (const words of ['secret', 'gone']) expect(bytes.includes(words)).toBe(false);
  let updates = 0;
  doc.on('update', () => (updates += 1));
  const [first, ...others] = wanted;
  // in whatever order the facts of an event stand
  rewritePlainEvents(doc, [{ ...event(0, ''), event: { reason: 'first', type: 'held' } }, ...others]);
  expect([first?.event.reason, updates]).toEqual(['first', 0]);
  rewritePlainEvents(doc, [event(0, 'first')]);
  expect(readPlainEvents(doc).events).toEqual([event(0, 'first')]);
});
