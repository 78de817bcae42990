import { personId, recordId, serviceId, teamId } from '@muster/domain/shared';
import { describe, expect, it } from 'vitest';
import type { ChangeRow } from '#lib/live/change/live-changes.ts';
import { readChangeAddress, writeChangeAddress } from './change-address.ts';
import { ALL_OPEN, filtered } from './change-filter.ts';

const ME = personId('me');
const NET = teamId('net');
const READER = { id: ME, teams: [NET] };
const NOW = 1_800_000_000_000;
const DAY = 86_400_000;

function row(id: string, more: Partial<ChangeRow> = {}): ChangeRow {
  const blank = {
    state: 'authorize',
    title: id,
    number: null,
    token: `CHG-~${id}`,
    held: null,
    approvals: [],
    tasks: [],
  };
  const times = { begins: NOW + DAY, ends: NOW + 2 * DAY, closedAt: null, updatedAt: NOW, revision: 1 };
  const people = {
    owner: null,
    madeBy: personId('other'),
    team: null,
    model: 'normal',
    items: [],
    risk: null,
  };
  return { id: recordId(id), ...blank, ...times, ...people, pending: 0, ...more } as unknown as ChangeRow;
}

const asked = (revision = 1) =>
  [{ person: ME, state: 'requested', revision }] as unknown as ChangeRow['approvals'];

const ids = (rows: readonly ChangeRow[]) => rows.map(({ id }) => id);

describe('the list of changes', () => {
  const soon = row('soon');
  const later = row('later', { begins: NOW + 30 * DAY, ends: NOW + 31 * DAY });
  const mine = row('vote', { begins: NOW + 20 * DAY, approvals: asked() });
  const moved = row('moved', { begins: null, approvals: asked(1), revision: 2 });
  const closed = row('closed', { state: 'closed', closedAt: NOW - DAY, approvals: asked() });
  const all = [closed, later, moved, mine, soon];

  it('has what waits for the reader first, then goes by windows, and leaves out what is over', () => {
    expect(ids(filtered(all, ALL_OPEN, READER, NOW))).toEqual(['vote', 'soon', 'later', 'moved']);
  });

  it('shows the votes that are waited for: not those of an earlier revision, on hold or over', () => {
    const view = { ...ALL_OPEN, view: 'vote' } as const;
    const held = { ...mine, id: recordId('held'), held: { by: ME, at: NOW, reason: 'parts' } };
    // an other approver was enough
    const decided = { ...mine, id: recordId('decided'), state: 'scheduled' } as const;
    expect(ids(filtered([...all, held, decided], view, READER, NOW))).toEqual(['vote']);
  });

  it('shows what is under way or comes within two weeks, and what is over, the last first', () => {
    const past = row('past', { begins: NOW - 2 * DAY, ends: NOW - 1 });
    const underWay = row('under way', { begins: NOW - DAY, ends: NOW });
    const shown = (view: 'soon' | 'over', more: readonly ChangeRow[]) =>
      ids(filtered([...all, ...more], { ...ALL_OPEN, view }, READER, NOW));
    expect(shown('soon', [past, underWay])).toEqual(['under way', 'soon']);
    expect(shown('over', [])).toEqual(['closed']);
    const before = row('a', { state: 'cancelled', closedAt: null, updatedAt: NOW - 3 * DAY });
    const after = row('b', { state: 'closed', closedAt: NOW, updatedAt: NOW });
    expect(shown('over', [before, after])).toEqual(['b', 'closed', 'a']);
  });

  it('shows what is the reader’s: owned or made by them, or with a task that is not done', () => {
    const task = (state: string, owner = ME) =>
      ({ tasks: [{ owner, state }] }) as unknown as Partial<ChangeRow>;
    const rows = [
      row('owned', { owner: ME }),
      row('made', { madeBy: ME }),
      row('to do', task('pending')),
      row('done', task('completed')),
      row('another’s', task('pending', personId('other'))),
    ];
    const view = { ...ALL_OPEN, view: 'mine' } as const;
    expect(ids(filtered([...rows, soon], view, READER, NOW)).toSorted()).toEqual(['made', 'owned', 'to do']);
  });

  it('narrows by service, team, kind, risk and words', () => {
    const mail = serviceId('mail');
    const one = row('Relay', {
      items: [mail],
      risk: { level: 'high' } as ChangeRow['risk'],
      number: 'CHG-2026-00007',
    });
    const narrow = (more: object) => ids(filtered([one, soon], { ...ALL_OPEN, ...more }, READER, NOW));
    expect(narrow({ service: 'mail' })).toEqual(['Relay']);
    expect(narrow({ risk: 'high' })).toEqual(['Relay']);
    expect(narrow({ words: '00007 rel' })).toEqual(['Relay']);
    expect(narrow({ words: '00007 soon' })).toEqual([]);
    expect(narrow({ model: 'emergency' })).toEqual([]);
    expect(narrow({ team: 'none' })).toEqual([]);
  });

  it('narrows by state, and by whose it is: the reader’s own, or that of a team of theirs', () => {
    const own = row('own', { owner: ME, state: 'scheduled' });
    const team = row('team', { owner: personId('other'), team: NET });
    const narrow = (more: object) => ids(filtered([own, team, soon], { ...ALL_OPEN, ...more }, READER, NOW));
    expect(narrow({ owner: 'me' })).toEqual(['own']);
    expect(narrow({ owner: 'team' })).toEqual(['team']);
    expect(narrow({ state: 'scheduled' })).toEqual(['own']);
    expect(narrow({ state: 'scheduled', owner: 'team' })).toEqual([]);
  });
});

describe('the address of the list', () => {
  it('holds what differs from all that is open, beside what else stands there', () => {
    const filter = { ...ALL_OPEN, view: 'soon', state: 'scheduled', owner: 'team', words: 'mail' } as const;
    const written = writeChangeAddress(filter, new URLSearchParams('risk=low&other=1'));
    expect(written.toString()).toBe('other=1&view=soon&q=mail&state=scheduled&owner=team');
    expect(readChangeAddress(written)).toEqual(filter);
  });

  it('opens with words that it does not know', () => {
    const odd = new URLSearchParams('view=all&state=done&owner=you&risk=none');
    expect(readChangeAddress(odd)).toEqual(ALL_OPEN);
  });
});
