import { releaseNotes } from '@muster/domain/release';
import { personId, recordId } from '@muster/domain/shared';
import { describe, expect, it } from 'vitest';
import type { ReleaseRow } from '#lib/live/release/live-releases.ts';
import { noteLines } from './after/note-lines.ts';
import { filterReleases } from './list/filter-releases.ts';

const me = personId('me');

function row(title: string, other: Partial<ReleaseRow> = {}): ReleaseRow {
  return {
    ...{
      id: recordId(title),
      number: null,
      token: `REL-~${title}`,
      version: 1,
      kind: 'minor',
      title,
      label: '',
    },
    ...{ state: 'planning', owner: null, services: [], beginsAt: null, endsAt: null, hypercareHours: 48 },
    ...{
      madeBy: personId('bo'),
      madeAt: 0,
      updatedAt: 0,
      deployingAt: null,
      hypercareAt: null,
      endedAt: null,
    },
    ...{ members: [], steps: 0, stepsDone: 0, phase: null, alarms: 0, leads: [], pending: 0 },
    ...other,
  };
}

describe('the list of releases', () => {
  const rows = [
    row('later', { beginsAt: 200 }),
    row('undated'),
    row('over', { state: 'completed', endedAt: 50 }),
    row('next', { beginsAt: 100, state: 'deploying', leads: [me] }),
  ];
  const shown = (filter: Partial<Parameters<typeof filterReleases>[1]>) =>
    filterReleases(rows, { shown: 'all', kind: '', words: '', ...filter }, me).map(({ title }) => title);

  it('has what comes next first, without a date after that, and what is over last', () => {
    expect(shown({})).toEqual(['next', 'later', 'undated', 'over']);
  });

  it('is narrowed by how far they are, by who is asked and by words', () => {
    expect(shown({ shown: 'open' })).toEqual(['next', 'later', 'undated']);
    expect(shown({ shown: 'night' })).toEqual(['next']);
    expect(shown({ shown: 'mine' })).toEqual(['next']);
    expect(shown({ words: 'REL-~over' })).toEqual(['over']);
    expect(shown({ kind: 'major' })).toEqual([]);
  });
});

describe('release notes as a page', () => {
  it('[REL-43] show what people wrote as text, whatever marks it holds', () => {
    const notes = releaseNotes(
      {
        ...{ title: '# <b>Winter</b>', label: '', members: [] },
        units: [{ id: 'u', kind: 'unit', name: '*shop*', version: '1.0', parts: [] }],
      },
      { changes: new Map() },
      { services: new Map() },
    );
    expect(noteLines(notes)).toEqual([
      { kind: 'title', text: '# <b>Winter</b>' },
      { kind: 'heading', text: 'Contents' },
      { kind: 'line', text: '*shop* 1.0' },
    ]);
  });
});
