/** A store with a problem, changed by hand behind its back in one place: `verify` names the place. */
import { journalName, problemBoardName } from '@muster/documents';
import { readProblems, removeProblem, writeProblem } from '@muster/documents/problem';
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
const BOARD = problemBoardName(1);

const FIELDS = {
  ...{ title: 'Tunnel', service: null, items: [], team: null, owner: null, impact: 2, urgency: 2 },
  ...{ major: false, workaround: '', fix: '' },
};

beforeAll(async () => {
  const store = await openSqliteStore({ file: sound });
  await admitPeople(store);
  const origin = { kind: 'found', incident: null, evidence: '' };
  await runOne(store, command('problem.create', id, { fields: FIELDS, origin, incidents: [] }), actor(ANNE));
  for (const name of [journalName(id), `room/${id}`]) await store.documents.load(name);
  await runOne(store, command('problem.add-factor', id, { factor: 'f', text: 'Heat' }, 1), actor(ANNE));
  await store.close();
});

afterAll(remove);

const onBoard = (doc: Y.Doc) => {
  const [row] = readProblems(doc).problems;
  if (row === undefined) throw new Error('the board is empty');
  return row;
};

const CASES: readonly Case[] = [
  [
    'an altered problem',
    `update problem set data = replace(data, 'Heat', 'Cold')`,
    /^problem: PRB-\d+-00001 is not what its events say: factors/,
  ],
  [
    'an altered column',
    `update problem set state = 'rca'`,
    /^problem column: PRB-\d+-00001 has another state/,
  ],
  ['one that is on no board', `update problem set live = 0`, /^problem column: .* not over and on no board/],
  ['altered words', `update problem_text set told = 'x'`, /^search text: PRB-\d+-00001 has another told/],
  [
    'words of no problem',
    `insert into problem_text (rowid, title) values (99, 'x')`,
    /^search text: 1 entries .* no problem/,
  ],
  [
    'an incident that it never named',
    `insert into problem_incident (incident, problem) select 'x', key from problem`,
    /^problem incident: PRB-\d+-00001 is looked up by other incidents/,
  ],
  [
    'a row that says otherwise',
    forged(
      () => BOARD,
      (doc) => writeProblem(doc, { ...onBoard(doc), title: 'Other' }),
    ),
    /^problem board: board\/problem@1 shows PRB-\d+-00001 with another title/,
  ],
  [
    'a row that is missing',
    forged(
      () => BOARD,
      (doc) => removeProblem(doc, id),
    ),
    /^problem board: board\/problem@1 lacks PRB-\d+-00001/,
  ],
];

describeFindings('the check of a store with problems', sound, CASES);
