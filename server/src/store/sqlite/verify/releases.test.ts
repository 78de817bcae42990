/** A store with a release, changed by hand behind its back in one place: `verify` names the place. */
import { journalName, releaseBoardName, releaseName } from '@muster/documents';
import { readRelease, readReleaseRows, writeRelease, writeReleaseRow } from '@muster/documents/release';
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
const id = recordId(ulid());
const BOARD = releaseBoardName(1);

const FIELDS = {
  ...{ kind: 'minor', title: 'Summer', label: '2026.6', services: [], owner: null, pace: 'stages' },
  ...{ beginsAt: null, endsAt: null, hypercareHours: 48, rollbackTestedAt: null },
};
const STEP = {
  ...{ id: ulid(), title: 'Swap', phase: 'deploying', owner: null, change: null, minutes: 10, after: [] },
  ...{ rollback: 'Swap back', noReturn: false },
};

beforeAll(async () => {
  const store = await openSqliteStore({ file: sound });
  await admitPeople(store);
  await runOne(store, command('release.create', id, { fields: FIELDS }), actor(ANNE));
  for (const name of [releaseName(id), journalName(id), `room/${id}`]) await store.documents.load(name);
  await runOne(store, command('release.add-steps', id, { steps: [STEP] }, 1), actor(ANNE));
  await store.close();
});

afterAll(remove);

const whole = (doc: Y.Doc) => {
  const { release } = readRelease(doc, id);
  if (release === null) throw new Error('there is no release');
  return release;
};

const onBoard = (doc: Y.Doc) => {
  const [row] = readReleaseRows(doc).releases;
  if (row === undefined) throw new Error('the board is empty');
  return row;
};

const CASES: readonly Case[] = [
  [
    'an altered release',
    `update release set data = replace(data, 'Swap', 'Post')`,
    /^release: REL-\d+-00001 is not what its events say: steps$/,
  ],
  [
    'an altered column',
    `update release set state = 'ready'`,
    /^release column: REL-\d+-00001 has another state: "ready" where it is "draft"/,
  ],
  ['one that is on no board', `update release set live = 0`, /^release column: .* not over and on no board/],
  ['altered words', `update release_text set steps = 'x'`, /^search text: REL-\d+-00001 has another steps/],
  [
    'words of no release',
    `insert into release_text (rowid, title) values (99, 'x')`,
    /^search text: 1 entries .* no release/,
  ],
  [
    'a release that is gone',
    `delete from release_text; delete from release`,
    /^event: 2 events belong to no record/,
  ],
  [
    'a row that says something else',
    forged(
      () => BOARD,
      (doc) => writeReleaseRow(doc, { ...onBoard(doc), state: 'go' }),
    ),
    /^release board: board\/release@1 shows REL-\d+-00001 with another state/,
  ],
  [
    'a row that is gone',
    forged(
      () => BOARD,
      (doc) => doc.getMap('rows').clear(),
    ),
    /^release board: board\/release@1 lacks REL-\d+-00001/,
  ],
  [
    'a step that says something else',
    forged(
      () => releaseName(id),
      (doc) => {
        const { steps, ...rest } = whole(doc);
        writeRelease(doc, { ...rest, steps: steps.map((step) => ({ ...step, minutes: 11 })) });
      },
    ),
    /^release document: release\/.* shows another release/,
  ],
  [
    'a step that stands nowhere',
    forged(
      () => releaseName(id),
      (doc) => doc.getMap('steps').set('stray', [1]),
    ),
    /^release document: release\/.* holds 2 steps, and there are 1/,
  ],
  [
    'an event that is missing from the journal',
    forged(
      () => journalName(id),
      (doc) => doc.getArray('events').delete(1),
    ),
    /^history: journal\/.* does not hold version 2/,
  ],
];

describeFindings('the check of a store with releases', sound, CASES);
