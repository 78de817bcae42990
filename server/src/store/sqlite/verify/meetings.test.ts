/** A store with a board and a meeting, changed by hand behind its back in one place: `verify` names the place. */
import { journalName, meetingBoardName, meetingName } from '@muster/documents';
import { readMeeting, readMeetingRows, writeMeeting, writeMeetingRow } from '@muster/documents/meeting';
import { recordId } from '@muster/domain/shared';
import { join } from 'node:path';
import { ulid } from 'ulid';
import { afterAll, beforeAll } from 'vitest';
import type * as Y from 'yjs';
import { ANNE, actor, admitPeople, command, runOne, temporaryFolder } from '../../test-store.ts';
import { openSqliteStore } from '../open.ts';
import { describeFindings, forged } from './test-damaged-store.ts';
import type { Case } from './test-damaged-store.ts';

const { folder, remove } = temporaryFolder();
const sound = join(folder, 'muster.db');
const [board, id, change] = [recordId(ulid()), recordId(ulid()), recordId(ulid())];
const SHOWN = meetingBoardName(1);

const FIELDS = {
  name: 'Weekly',
  when: { zone: 'UTC', begins: '2026-06-01T10:00', ends: '2026-06-01T11:00', repeats: null },
  ...{ itemMinutes: 10, chairs: [ANNE], members: [] },
  agenda: { states: ['new'], when: {}, policies: [] },
};

beforeAll(async () => {
  const store = await openSqliteStore({ file: sound });
  await admitPeople(store);
  const run = (type: string, target: string, args: object, basis = 0) =>
    runOne(store, command(type, recordId(target), args, basis), actor(ANNE, 'team-lead'));
  await run('change.create', change, { model: 'normal', fields: { title: 'Relay' } });
  await run('change-board.create', board, { fields: FIELDS });
  await run('change-meeting.plan', id, { board, at: Date.now() });
  for (const name of [meetingName(id), journalName(id), `room/${id}`]) await store.documents.load(name);
  await run('change-meeting.open', id, {}, 1);
  await store.close();
});

afterAll(remove);

const whole = (doc: Y.Doc) => {
  const { meeting } = readMeeting(doc, id);
  if (meeting === null) throw new Error('there is no meeting');
  return meeting;
};

const CASES: readonly Case[] = [
  [
    'an altered meeting',
    `update change_meeting set data = json_set(data, '$.itemMinutes', 9)`,
    /^meeting: meeting \w+ is not what its events say: item minutes$/,
  ],
  [
    'an altered column',
    `update change_meeting set state = 'planned'`,
    /^meeting column: meeting \w+ has another state/,
  ],
  ['one on no board', `update change_meeting set live = 0`, /^meeting column: .* not over and on no board/],
  [
    'an altered board',
    `update change_board set data = json_set(data, '$.name', 'Other')`,
    /^board: change board \w+ is not what its events say/,
  ],
  [
    'a board that is another among the rules',
    `update change_board set data = json_set(data, '$.name', 'Other')`,
    /^rules: rules\/change shows other boards than there are/,
  ],
  ['a meeting that is gone', `delete from change_meeting`, /^event: 2 events belong to no record/],
  [
    'a row that says something else',
    forged(
      () => SHOWN,
      (doc) => {
        const [row] = readMeetingRows(doc).meetings;
        if (row !== undefined) writeMeetingRow(doc, { ...row, items: 7 });
      },
    ),
    /^meeting board: board\/meeting@1 shows \w+ with another items/,
  ],
  [
    'a row that is gone',
    forged(
      () => SHOWN,
      (doc) => doc.getMap('rows').clear(),
    ),
    /^meeting board: board\/meeting@1 lacks \w+/,
  ],
  [
    'an item that says something else',
    forged(
      () => meetingName(id),
      (doc) => {
        const { agenda, ...rest } = whole(doc);
        writeMeeting(doc, { ...rest, agenda: agenda.map((item) => ({ ...item, takenOver: true })) });
      },
    ),
    /^meeting document: meeting\/\w+ shows another meeting/,
  ],
  [
    'an item that stands nowhere',
    forged(
      () => meetingName(id),
      (doc) => doc.getMap('items').set('stray', [1]),
    ),
    /^meeting document: meeting\/\w+ holds 2 items, and there are 1/,
  ],
  [
    'an event that is missing from the journal',
    forged(
      () => journalName(id),
      (doc) => doc.getArray('events').delete(1),
    ),
    /^history: journal\/\w+ does not hold version 2/,
  ],
];

describeFindings('the check of a store with meetings', sound, CASES);
