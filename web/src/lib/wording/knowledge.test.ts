import { personId, recordId } from '@muster/domain/shared';
import { describe, expect, it } from 'vitest';
import { attentionWords } from './attention.ts';
import { knowledgeNewsWords } from './knowledge-news.ts';
import { knowledgeRefusalWords } from './knowledge-refusals.ts';
import { becauseWords, knowledgeEventWords } from './knowledge.ts';
import type { Say } from './say.ts';

const say: Say = {
  person: (id) => (id === 'mara' ? 'Mara' : 'somebody'),
  team: () => 'a team',
  service: () => 'VPN',
  record: () => 'INC-1',
  time: () => '14:05',
};

describe('words of known errors', () => {
  it('say why something is refused, and what to do next', () => {
    expect(
      knowledgeRefusalWords({ code: 'problem/knowledge-altered', by: personId('mara'), at: 1 }, say),
    ).toBe('Mara changed it at 14:05: read it again, and then do it once more.');
    expect(knowledgeRefusalWords({ code: 'problem/knowledge-incomplete', lacks: ['symptom'] }, say)).toBe(
      'It lacks a symptom.',
    );
  });

  it('[PRB-54] tell in the tray what was wanted and why it was not done', () => {
    const told = { kind: 'refused', act: null, detail: { code: 'problem/knowledge-text-moved' } } as const;
    expect(attentionWords({ ...told, error: { verb: 'publish', text: null } }, say)).toEqual({
      lost: 'You wanted to publish it',
      why: 'Somebody wrote in the text since you read it: read it again, and then do it once more.',
    });
  });

  it('[PRB-55] [CFG-22] tell in the tray what was replaced, by the words of its kind or class', () => {
    const lost = (detail: object) =>
      attentionWords({ kind: 'replaced', act: null, detail: { by: 'mara', at: 1, ...detail } }, say).lost;
    expect(lost({ field: 'validUntil', in: 'known-error' })).toBe(
      'Your day until which it holds was replaced',
    );
    expect(lost({ field: 'attribute:memory_gb', called: 'Memory (GB)' })).toBe(
      'Your “Memory (GB)” was replaced',
    );
    // told before classes were named
    expect(lost({ field: 'attribute:memory_gb' })).toBe('Your memory gb was replaced');
  });

  it('[PRB-56] tell news in one sentence', () => {
    expect(knowledgeNewsWords('knowledge', { what: 'review', title: 'A', by: 'mara' }, say)).toBe(
      'Mara asks you to review “A”',
    );
    expect(knowledgeNewsWords('assigned', {}, say)).toBeNull();
  });

  it('[PRB-62] say why something is suggested, and what happened', () => {
    expect(becauseWords({ kind: 'words', words: ['vpn', 'tunnel'] }, say)).toBe('words: vpn, tunnel');
    expect(becauseWords({ kind: 'items', items: [recordId('i')] }, say)).toBe('same item');
    expect(knowledgeEventWords({ type: 'linked', ticket: null }, say)).toBe('used it on a ticket');
  });
});
