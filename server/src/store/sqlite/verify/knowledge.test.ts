/** A store with known errors, changed by hand behind its back in one place: `verify` names the place. */
import { helpBoardName, journalName, knowledgeBoardName } from '@muster/documents';
import { writeHelpRow } from '@muster/documents/knowledge';
import { recordId } from '@muster/domain/shared';
import { join } from 'node:path';
import { ulid } from 'ulid';
import { afterAll, beforeAll } from 'vitest';
import { FIELDS } from '../../../routes/test-knowledge.ts';
import { ANNE, actor, admitPeople, command, runOne, temporaryFolder } from '../../test-store.ts';
import { openSqliteStore } from '../open.ts';
import { describeFindings, forged } from './test-damaged-store.ts';
import type { Case } from './test-damaged-store.ts';

const { folder, remove } = temporaryFolder();
const sound = join(folder, 'muster.db');
const id = recordId(ulid());

beforeAll(async () => {
  const store = await openSqliteStore({ file: sound });
  await admitPeople(store);
  const run = (verb: string, args: object, basis: number) =>
    runOne(store, command(`known-error.${verb}`, id, args, basis), actor(ANNE, 'team-lead'));
  await run('create', { kind: 'known-error', fields: { ...FIELDS, audience: 'everybody' } }, 0);
  await store.documents.load(journalName(id));
  await run('submit', {}, 1);
  await run('publish', { text: null }, 2);
  await run('rate', { number: 1, helped: true }, 3);
  await store.close();
});

afterAll(remove);

const CASES: readonly Case[] = [
  [
    'an altered known error',
    `update known_error set data = json_set(data, '$.helped', 9)`,
    /^known error: known error \w+ is not what its events say: helped/,
  ],
  [
    'an altered column',
    `update known_error set state = 'draft'`,
    /^known error column: .* has another state/,
  ],
  ['one on no board', `update known_error set live = 0`, /^known error column: .* not over and on no board/],
  [
    'an altered version',
    `update known_error_version set data = json_set(data, '$.excerpt', 'Other')`,
    /^known error: .* keeps other versions than were published/,
  ],
  [
    'a rating that is gone',
    `delete from known_error_rating`,
    /^known error: .* other ratings than were given/,
  ],
  [
    'a use that nobody made',
    `insert into known_error_use select id, 't', 'p', 1 from known_error`,
    /^known error: .* other uses than there were/,
  ],
  [
    'other words in an index',
    `update help_text set title = 'Other'`,
    /^search text: .* other words in help_text/,
  ],
  [
    'a board that shows less than there is',
    forged(
      () => helpBoardName(1),
      (doc) => void writeHelpRow(doc, id, null),
    ),
    /^knowledge board: board\/known-error\/everybody@1 lacks/,
  ],
  [
    'a board that shows more than there is',
    forged(
      () => knowledgeBoardName(1),
      (doc) => {
        const rows = doc.getMap('rows');
        rows.set('stranger', rows.get(id));
      },
    ),
    /^knowledge board: board\/known-error@1 shows stranger, which is not on it/,
  ],
  [
    'a history that lacks an event',
    forged(
      () => journalName(id),
      (doc) => void doc.getArray('events').delete(1),
    ),
    /^history: .* is not what happened/,
  ],
];

describeFindings('the check of a store with known errors', sound, CASES);
