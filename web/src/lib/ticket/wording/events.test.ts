import { describe, expect, test } from 'vitest';
import { personId, recordId, type TicketEvent } from '@muster/domain/shared';
import { makeDirectory } from '../test-support/tickets.ts';
import { eventWords, type EventWorld } from './events.ts';

const directory = makeDirectory();
const [ann, ben] = directory.people.values();
const [desk] = directory.teams.values();
if (!ann || !ben || !desk) throw new Error('the directory is empty');

const world: EventWorld = {
  directory,
  personName: (id) => directory.people.get(personId(id))?.name ?? 'Somebody',
  reference: () => 'INC-2026-00007',
};
const words = (event: TicketEvent) => eventWords(event, world);

describe('an event in words', () => {
  test('says whom a ticket was taken from and given to, and why', () => {
    expect(words({ type: 'claimed', owner: ann.id, before: ben.id })).toBe(`took this over from ${ben.name}`);
    expect(
      words({
        type: 'assigned',
        team: desk.id,
        owner: ben.id,
        before: { team: null, owner: null },
        reason: 'knows it',
      }),
    ).toBe(`gave this to ${ben.name} and moved it to ${desk.name}: “knows it”`);
  });

  test('says what a step means, not its code', () => {
    const step = { type: 'transitioned', from: 'in_progress', reason: null, resolution: null } as const;
    expect(words({ ...step, to: 'on_hold', holdReason: 'caller', reason: 'asked' })).toBe(
      'put this on hold, waiting for the caller: “asked”',
    );
    expect(words({ ...step, from: 'resolved', to: 'in_progress', holdReason: null })).toBe('reopened this');
    expect(
      words({ ...step, to: 'resolved', holdReason: null, resolution: { code: 'Solved', notes: 'done' } }),
    ).toBe('moved this from In progress to Resolved: “Solved: done”');
  });

  test('says every changed field with both values', () => {
    expect(
      words({
        type: 'edited',
        fields: { impact: 1, tags: [] },
        before: { impact: 3, tags: ['a'] },
        priority: 2,
        matrixVersion: 1,
      }),
    ).toBe('changed impact from Low to High, tags from a to nothing; priority is now High');
  });

  test('says who may read a record from now on, and why', () => {
    const open = { team: null, people: [] };
    const restricted = {
      type: 'restricted',
      team: desk.id,
      people: [ann.id],
      before: open,
      left: [],
    } as const;
    expect(words({ ...restricted, reason: 'A leak.' })).toBe(
      `let only ${desk.name} and ${ann.name} read this: “A leak.”`,
    );
    expect(words({ ...restricted, ...open, before: open, reason: null })).toBe(
      'let everybody on the staff read this',
    );
  });

  test('names the other record of links and merges', () => {
    const target = recordId('x');
    expect(words({ type: 'linked', kind: 'caused-by', target })).toBe(
      'linked this: caused by INC-2026-00007',
    );
    expect(words({ type: 'merged', into: target })).toBe('merged this into INC-2026-00007');
  });
});
