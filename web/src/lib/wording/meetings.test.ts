import { CHANGE_STATES, CHANGE_STATE_WORDS } from '@muster/domain/change';
import { personId, recordId } from '@muster/domain/shared';
import type { MeetingRefusalFacts, MeetingRefusalReason } from '@muster/domain/change';
import { describe, expect, it } from 'vitest';
import { attentionWords } from './attention.ts';
import { changeNewsHref, changeNewsWords } from './change-news.ts';
import { changeStateWords } from './changes.ts';
import { MEETING_REFUSAL_REASONS, meetingRefusalWords } from './meeting-refusals.ts';
import type { Say } from './say.ts';

const say: Say = {
  person: (id) => (id === 'mara' ? 'Mara Lind' : id === 'me' ? 'you' : 'somebody'),
  team: () => 'a team',
  service: () => 'a service',
  record: () => 'another record',
  time: () => '23:10',
};
const mara = personId('mara');

const words = <Reason extends MeetingRefusalReason>(reason: Reason, facts: MeetingRefusalFacts[Reason]) =>
  meetingRefusalWords({ code: `change/${reason}`, ...facts }, say);

describe('refusals of meetings', () => {
  it('are whole sentences, whatever facts arrive', () => {
    for (const reason of MEETING_REFUSAL_REASONS) {
      const said = meetingRefusalWords({ code: `change/${reason}` }, say);
      expect(said, reason).toMatch(/^[A-Z“].*[.]$/u);
      expect(said, reason).not.toMatch(/undefined|null|\[object/u);
    }
  });

  it('[CHG-93] [CHG-95] say who came first, and what to do next', () => {
    expect(words('meeting-moved', { state: 'live', by: mara, at: 1 })).toBe(
      'Mara Lind opened it at 23:10, before you, and has the chair. Join it.',
    );
    expect(words('item-moved', { current: null, by: mara, at: 1 })).toBe(
      'Mara Lind went on at 23:10, before you. Look at what is shown now.',
    );
    expect(words('board-meets', { meeting: recordId('m1'), chair: mara })).toBe(
      'Another meeting of this board is held just now: Mara Lind has its chair. Close that one first, so that what it leaves comes before this one.',
    );
    expect(
      words('item-revised', { change: recordId('c1'), read: 3, revision: 4, state: 'authorize' }),
    ).toMatch(/you read revision 3, and it is revision 4.*your words are kept/);
    expect(words('chair-stays', { chair: mara })).toContain('Hand it over first');
    expect(words('votes-differ', { verdict: 'rejected', votes: 'approved' })).toContain(
      'Note it as approved',
    );
  });

  it('[CHG-108] say who altered the same field of a board', () => {
    expect(words('board-moved', { field: 'when', by: mara, at: 1 })).toBe(
      'Mara Lind altered when it meets at 23:10, before you. Look at what stands now, and save yours again if it is to take its place.',
    );
  });

  it('leave others to those who word them', () => {
    expect(meetingRefusalWords({ code: 'change/not-asked', person: 'me' }, say)).toContain('not asked');
  });
});

it('the tray says what somebody wanted in a meeting, and why it was not done', () => {
  const told = attentionWords(
    {
      ...{ kind: 'refused', act: null, detail: { code: 'change/not-in-chair', chair: 'mara' } },
      meeting: {
        verb: 'decide-item',
        change: recordId('c1'),
        revision: 1,
        verdict: 'deferred',
        note: 'No plan',
      },
    },
    say,
  );
  expect(told.lost).toBe('You wanted to note a change as deferred in a meeting: No plan');
  expect(told.why).toContain('Mara Lind has the chair');
});

it('the tray says of words that were locked that they were, and that nothing is wrong with them', () => {
  const why = (reason: string) =>
    attentionWords({ kind: 'rejected-text', act: null, detail: { reason } }, say).why;
  expect(why('locked')).toContain('locked');
  expect(why('malformed')).toContain('no longer fits the document');
});

it('[CHG-91] news of a board say what it is about, and lead there', () => {
  const news = (detail: Readonly<Record<string, unknown>>) => [
    changeNewsWords('board-item', { name: 'Weekly', by: 'mara', ...detail }, say),
    changeNewsHref('board-item', 'm1', detail),
  ];
  expect(news({ what: 'invited', at: 1 })).toEqual([
    'Mara Lind invites you to the meeting of “Weekly” at 23:10',
    '/change/board/m1',
  ]);
  expect(news({ what: 'called-off', at: 1, reason: 'Too few' })).toEqual([
    'Mara Lind called off the meeting of “Weekly” at 23:10: Too few',
    '/change/board',
  ]);
  expect(news({ what: 'deferred', change: 'c1', number: 'CHG-1', note: 'No plan' })).toEqual([
    '“Weekly” deferred CHG-1: No plan',
    '/change/c1',
  ]);
});

it('[CHG-104] minutes call the state of a change as its page does', () => {
  expect(CHANGE_STATES.map((state) => CHANGE_STATE_WORDS[state])).toEqual(
    CHANGE_STATES.map(changeStateWords),
  );
});
