import { changeRefusal } from '@muster/domain/change';
import type { ChangeRefusalFacts, ChangeRefusalReason } from '@muster/domain/change';
import { personId, recordId } from '@muster/domain/shared';
import { describe, expect, it } from 'vitest';
import { changeIntentWords } from './change-events.ts';
import { CHANGE_REFUSAL_REASONS, changeRefusalWords } from './change-refusals.ts';
import type { Say } from './say.ts';

const say: Say = {
  person: (id) => (id === 'mara' ? 'Mara Lind' : id === 'me' ? 'you' : 'somebody'),
  team: () => 'a team',
  service: () => 'a service',
  record: (id) => (id === 'i1' ? 'INC-2026-00001' : 'another record'),
  time: () => '23:10',
};

const words = <Reason extends ChangeRefusalReason>(reason: Reason, facts: ChangeRefusalFacts[Reason]) =>
  changeRefusalWords(changeRefusal(reason, facts), say);

describe('refusals of changes', () => {
  it('are whole sentences, whatever facts arrive', () => {
    for (const reason of CHANGE_REFUSAL_REASONS) {
      const said = changeRefusalWords({ code: `change/${reason}` }, say);
      expect(said, reason).toMatch(/^[A-Z“].*[.]$/u);
      expect(said, reason).not.toMatch(/undefined|null|\[object/u);
    }
  });

  it('say what moved, by whom, and what to do next', () => {
    const by = { by: personId('mara'), at: 1 };
    expect(words('content-moved', { differs: ['plan:backout', 'window'], revision: 2, ...by })).toBe(
      'Mara Lind changed it at 23:10 since you read it: the back-out plan and the window. Read it, then vote again.',
    );
    expect(words('not-asked', { person: personId('me') })).toBe('You are not asked to approve this change.');
    expect(words('frozen', { freezes: ['f'], hard: true })).toContain('overruled by nobody');
    expect(words('plans-missing', { plans: ['backout'] })).toBe('It needs the back-out plan first.');
  });

  it('leave others to those who word them', () => {
    expect(changeRefusalWords({ code: 'command/nowhere' }, say)).toContain('command/nowhere');
  });
});

it('an act that was not done is told in words', () => {
  expect(changeIntentWords({ verb: 'edit', fields: { begins: 1, ends: 2 } }, say)).toBe(
    'change when it begins and when it ends',
  );
  expect(changeIntentWords({ verb: 'note-caused', incident: recordId('i1'), priority: 1 }, say)).toBe(
    'note that a change caused INC-2026-00001',
  );
});
