import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { gzipSync } from 'node:zlib';
import { readRows, removeRow, writeRow } from './board.ts';
import { isNonconforming } from './nonconforming.ts';
import { anyTicket } from './test-support/arbitraries.ts';
import { decodeRow, encodeRow } from './ticket-row.ts';

const SEED = 20_261_123;

describe('the row of a ticket', () => {
  test('gives back every ticket unchanged, also through an update', () => {
    fc.assert(
      fc.property(anyTicket, (ticket) => {
        const [here, there] = [new Y.Doc(), new Y.Doc()];
        writeRow(here, ticket);
        Y.applyUpdate(there, Y.encodeStateAsUpdate(here));
        expect(readRows(there)).toEqual({ tickets: [ticket], nonconforming: [] });
      }),
      { seed: SEED, numRuns: 500 },
    );
  });

  test('never throws on damaged cells and says where the fault is', () => {
    const damage = fc.anything({ withBigInt: false, maxDepth: 2 });
    fc.assert(
      fc.property(anyTicket, fc.nat({ max: 40 }), damage, (ticket, column, junk) => {
        const row = [...(encodeRow(ticket) as unknown[])];
        row[column] = junk;
        const decoded = decodeRow(ticket.id, row);
        if (isNonconforming(decoded)) expect(decoded.path).toContain(ticket.id);
        else expect(decodeRow(ticket.id, encodeRow(decoded))).toEqual(decoded);
      }),
      { seed: SEED, numRuns: 2000 },
    );
  });

  test('sets rows of another version aside beside the ones that conform', () => {
    const [ticket, other] = fc.sample(anyTicket, { seed: SEED, numRuns: 2 });
    if (ticket === undefined || other === undefined) throw new Error('no sample');
    const doc = new Y.Doc();
    writeRow(doc, ticket);
    doc.getMap('rows').set(other.id, [99, 'from the future']);
    doc.getMap('rows').set('odd', new Y.Map());
    const { tickets, nonconforming } = readRows(doc);
    expect(tickets).toEqual([ticket]);
    expect(nonconforming).toContainEqual({
      nonconforming: true,
      path: other.id,
      reason: 'version 99 is not known here',
    });
    expect(nonconforming).toContainEqual({ nonconforming: true, path: 'odd', reason: 'expected a row' });
    removeRow(doc, ticket.id);
    expect(readRows(doc).tickets).toEqual([]);
  });

  test('reads the rows of layout 1, which know no major incidents', () => {
    fc.assert(
      fc.property(anyTicket, (ticket) => {
        const [, ...columns] = encodeRow({
          ...ticket,
          major: null,
          escalation: null,
          calls: [],
        }) as unknown[];
        expect(decodeRow(ticket.id, [1, ...columns])).toEqual({
          ...ticket,
          major: null,
          escalation: null,
          calls: [],
        });
      }),
      { seed: SEED, numRuns: 100 },
    );
  });

  test('keeps 5,000 believable rows under 75 kB gzipped', () => {
    const doc = new Y.Doc();
    const people = fc.sample(anyTicket, { seed: SEED, numRuns: 60 }).map(({ requester }) => requester);
    const [sample] = fc.sample(anyTicket, { seed: SEED, numRuns: 1 });
    if (sample === undefined) throw new Error('no sample');
    doc.transact(() => {
      for (let index = 0; index < 5000; index += 1) {
        const createdAt = 1_790_000_000_000 + index * 61_007;
        const person = people[index % people.length] ?? sample.requester;
        writeRow(doc, {
          ...sample,
          id: `01KB${String(index).padStart(22, '0')}` as typeof sample.id,
          number: `INC-2026-${String(index).padStart(5, '0')}`,
          title: `The printer on floor ${index % 40} is on fire`,
          requester: person,
          owner: person,
          createdAt,
          updatedAt: createdAt + 60_000,
          clock: [createdAt],
          coOwners: [],
          tags: [],
          links: [],
          watchers: [person],
          holdReason: null,
          priorityReason: null,
          mergedInto: null,
          snoozedUntil: null,
          snoozedBy: null,
          resolution: null,
          resolvedAt: null,
          closedAt: null,
          firstResponseAt: null,
          lastReplyAt: null,
          lastReplyBy: null,
          restrictedTo: null,
          readers: [],
          major: null,
          escalation: null,
          calls: [],
          category: null,
        });
      }
    });
    expect(gzipSync(Y.encodeStateAsUpdate(doc)).length).toBeLessThan(75_000);
  });
});
