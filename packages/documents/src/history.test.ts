import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { appendEvents, readEvents } from './history.ts';
import { anyRecorded } from './test-support/arbitraries.ts';
import { EVENT_DATA, decodeEvent, encodeEvent } from './ticket-events.ts';

const SEED = 20_261_123;

describe('the history of a record', () => {
  test('gives back every event unchanged and in order', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(fc.array(anyRecorded, { maxLength: 8 }), (recorded) => {
        const [here, there] = [new Y.Doc(), new Y.Doc()];
        appendEvents(here, recorded.slice(0, 3));
        appendEvents(here, recorded.slice(3));
        Y.applyUpdate(there, Y.encodeStateAsUpdate(here));
        expect(readEvents(there)).toEqual({ events: recorded, nonconforming: [] });
        for (const { event } of recorded) seen.add(event.type);
      }),
      { seed: SEED, numRuns: 900 },
    );
    expect([...seen].sort()).toEqual(Object.keys(EVENT_DATA).sort());
  });

  test('keeps the raw words that an import could not place', () => {
    const [recorded] = fc.sample(anyRecorded, { seed: SEED, numRuns: 1 });
    if (recorded === undefined) throw new Error('no sample');
    const event = {
      type: 'imported',
      source: 's',
      externalId: 'e',
      set: {},
      raw: { u_colour: 'red' },
    } as const;
    expect(decodeEvent('0', encodeEvent({ ...recorded, event }))).toEqual({ ...recorded, event });
  });

  test('reads an edit that was written without the priority it moved from', () => {
    const doc = new Y.Doc();
    doc
      .getArray('events')
      .push([[1, 7, 2, 'someone', 5, ['edited', [{ urgency: 1 }, { urgency: 2, priority: null }, 3, 1]], 0]]);
    const { events, nonconforming } = readEvents(doc);
    expect(nonconforming).toEqual([]);
    expect(events.map(({ event }) => event)).toEqual([
      { type: 'edited', fields: { urgency: 1 }, before: { urgency: 2 }, priority: 3, matrixVersion: 1 },
    ]);
  });

  test('sets unknown events aside and reads the rest', () => {
    const [recorded] = fc.sample(anyRecorded, { seed: SEED, numRuns: 1 });
    if (recorded === undefined) throw new Error('no sample');
    const doc = new Y.Doc();
    doc.getArray('events').push([[1, 7, 1, 'someone', 5, ['teleported', []]], [99], 'junk', null]);
    appendEvents(doc, [recorded]);
    const { events, nonconforming } = readEvents(doc);
    expect(events).toEqual([recorded]);
    expect(nonconforming.map(({ path, reason }) => `${path}: ${reason}`)).toEqual([
      'events.0.event: event teleported is not known here',
      'events.1: version 99 is not known here',
      'events.2: expected a row',
      'events.3: expected a row',
    ]);
  });
});
