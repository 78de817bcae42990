import { describe, expect, test } from 'vitest';
import type { TicketAct } from '../shared/index.ts';
import { audienceOf } from '../shared/index.ts';
import { Records } from '../shared/test-support/records.ts';
import { bring } from '../shared/test-support/walk.ts';
import { desk } from './index.ts';

function openDesk(state = 'in_progress'): { records: Records; basis: number } {
  const records = new Records(() => desk);
  bring(records, 'desk', 'r1', state);
  return { records, basis: records.ticket('r1').version };
}

const reply = (text: string, draft?: string): TicketAct => ({
  verb: 'reply',
  text,
  ...(draft === undefined ? {} : { draft }),
});

describe('replies and notes', () => {
  test('[DSK-37] a draft is sent once: the same words again change nothing', () => {
    const { records, basis } = openDesk();
    records.run('ana', 'desk', 'r1', reply('Try now.', 'd1'), { basis });
    const at = records.now;
    expect(records.run('ana', 'desk', 'r1', reply('Try now.', 'd1'), { basis })).toMatchObject({
      value: { events: [], superseded: { reason: 'already-sent', by: { person: 'ana', at } } },
    });
    expect(records.history('r1').filter(({ event }) => event.type === 'replied')).toHaveLength(1);
  });

  test('[DSK-37] other words under a draft that was sent are refused, so that they are kept', () => {
    const { records, basis } = openDesk();
    records.run('ana', 'desk', 'r1', reply('Try now.', 'd1'), { basis });
    expect(records.run('ana', 'desk', 'r1', reply('Try now, please.', 'd1'), { basis })).toEqual({
      ok: false,
      refusal: { code: 'desk/already-sent', draft: 'd1' },
    });
    expect(records.run('ana', 'desk', 'r1', reply('And then?', 'd2'), { basis }).ok).toBe(true);
    expect(records.run('bo', 'desk', 'r1', reply('Try now.', 'd1'), { basis }).ok).toBe(true);
  });

  test('[DSK-38] the first public word of the staff is the first response', () => {
    const { records } = openDesk();
    records.run('rita', 'desk', 'r1', reply('Hello?'));
    records.run('ana', 'desk', 'r1', { verb: 'comment', text: 'Poor Rita.' });
    expect(records.ticket('r1').firstResponseAt).toBeNull();
    records.run('ana', 'desk', 'r1', reply('Looking.'));
    const first = records.now;
    records.run('bo', 'desk', 'r1', reply('Still looking.'));
    expect(records.ticket('r1')).toMatchObject({ firstResponseAt: first, lastReplyBy: 'staff' });
  });

  test('[DSK-39] a reply tells the other side and those who watch, never its author', () => {
    const { records } = openDesk();
    records.run('bo', 'desk', 'r1', { verb: 'watch' });
    const told = (who: string) => {
      const answer = records.run(who, 'desk', 'r1', reply('Hello.'));
      return answer.ok ? answer.value.tell.map(({ person, kind }) => `${kind} ${person}`) : [];
    };
    expect(told('rita')).toEqual(['replied ana', 'replied bo']);
    expect(told('bo')).toEqual(['replied rita']);
  });

  test('[DSK-40] the requester’s word is kept on an ended request and changes nothing else', () => {
    const { records } = openDesk('closed');
    expect(records.run('rita', 'desk', 'r1', reply('It is back.')).ok).toBe(true);
    expect(records.ticket('r1').state).toBe('closed');
  });

  test('[DSK-41] notes, assignments and edits are for staff; words and steps are for the requester too', () => {
    const { records } = openDesk();
    records.run('ana', 'desk', 'r1', { verb: 'comment', text: 'secret' });
    records.run('ana', 'desk', 'r1', { verb: 'edit', fields: { urgency: 1 } });
    const seen = (audience: string) =>
      new Set(
        records
          .history('r1')
          .filter(({ event }) => audienceOf(event) === audience)
          .map(({ event }) => event.type),
      );
    expect(seen('public')).toEqual(new Set(['created', 'transitioned', 'claimed']));
    expect(seen('staff')).toEqual(new Set(['commented', 'edited']));
  });

  test.each([reply('  '), { verb: 'comment', text: '' } as const])(
    '[DSK-9] %o says nothing and is refused',
    (act) => {
      const { records } = openDesk();
      expect(records.run('ana', 'desk', 'r1', act)).toMatchObject({
        refusal: { code: 'desk/missing-field', field: 'text' },
      });
    },
  );
});
