import { recordId, teamId } from '@muster/domain/shared';
import { describe, expect, it } from 'vitest';
import type { Say } from '#lib/wording/say.ts';
import { intentWords } from '#lib/wording/acts.ts';
import { unsavedFile } from './unsaved-file.ts';

const say: Say = {
  person: String,
  team: String,
  service: String,
  record: (id) => `INC-${String(id)}`,
  time: (at) => `t${String(at)}`,
};
const R1 = recordId('R1');

describe('the file of what is not saved', () => {
  it('names every act with its words, and every unsent text with its record', () => {
    const file = unsavedFile(
      {
        acts: [
          { at: 1, record: R1, process: 'incident', act: { verb: 'claim' }, kept: null },
          {
            at: 2,
            record: R1,
            process: 'incident',
            act: { verb: 'reply', text: 'Hello,\nit is fixed.' },
            kept: 'Hello,\nit is fixed.',
          },
        ],
        words: [
          { record: R1, text: 'The pump is hot.' },
          { record: null, text: 'half a note' },
        ],
      },
      { name: 'Ana Lindqvist', at: 9, say, intent: intentWords },
    );
    expect(file).toContain('Ana Lindqvist, t9.');
    expect(file).toContain('- t1, INC-R1: take this on');
    expect(file).toContain('  > Hello,\n  > it is fixed.');
    expect(file).toContain('### Description of INC-R1\n\nThe pump is hot.');
    expect(file).toContain('### Drafts\n\nhalf a note');
  });

  it('leaves nothing of an act out when the words for it are not on this device', () => {
    const act = { verb: 'assign', team: teamId('T1'), owner: null } as const;
    const file = unsavedFile(
      { acts: [{ at: 1, record: R1, process: 'incident', act, kept: null }], words: [] },
      { name: 'Ana Lindqvist', at: 9, say, intent: null },
    );
    expect(file).toContain('- t1, INC-R1: assign {"team":"T1","owner":null}');
  });
});
