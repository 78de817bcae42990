/** A store with a change and a template, changed by hand behind its back in one place: `verify` names the place. */
import { CHANGE_RULES_NAME, changeBoardName, journalName } from '@muster/documents';
import { readChanges, writeChange, writeRule } from '@muster/documents/change';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { ANNE, actor, admitPeople, command, newId, runOne, temporaryFolder } from '../../test-store.ts';
import { openSqliteStore } from '../open.ts';
import { describeFindings, forged } from './test-damaged-store.ts';
import type { Case } from './test-damaged-store.ts';

const { folder, remove } = temporaryFolder();
const sound = join(folder, 'muster.db');
const [id, template] = [newId(), newId()];

const TASK = {
  ...{ title: 'Swap', kind: 'implementation', owner: null, team: null, after: [], backout: '' },
  plannedMinutes: null,
};
const STANDARD = {
  ...{ name: 'Renew', outage: false, plans: { implementation: 'x' }, tasks: [], riskInput: null },
  ...{ minutes: 60, team: null },
};

beforeAll(async () => {
  const store = await openSqliteStore({ file: sound });
  await admitPeople(store);
  const run = (type: string, target: typeof id, args: object, basis = 0) =>
    runOne(store, command(type, target, args, basis), actor(ANNE));
  await run('change.create', id, { model: 'normal', fields: { title: 'New relay' } });
  await run('change.add-task', id, { task: 'a', fields: TASK }, 1);
  await run('change-template.propose', template, { fields: STANDARD });
  for (const each of [id, template]) await store.documents.load(journalName(each));
  await store.close();
});

afterAll(remove);

const CASES: readonly Case[] = [
  [
    'a change that its events do not make',
    `update change set data = json_set(data, '$.title', 'Another')`,
    /^change: CHG-.+ is not what its events say: title/,
  ],
  ['a change that is no JSON any more', `update change set data = '{'`, /^change: CHG-.+ cannot be read/],
  [
    'a change in another state than it says',
    `update change set state = 'scheduled'`,
    /^change column: CHG-.+ has another state: "scheduled" where it is "new"/,
  ],
  [
    'a change that left the board while it goes on',
    `update change set live = 0`,
    /^change column: CHG-.+ is not over and on no board/,
  ],
  [
    'other words of a change in the index',
    `update change_text set tasks = 'other'`,
    /^search text: CHG-.+ has another tasks in the index/,
  ],
  [
    'words of a change that is not there',
    `insert into change_text (rowid, number, title, tasks, room) values (77, '', '', '', '')`,
    /^search text: 1 entries of the index belong to no change/,
  ],
  [
    'a change that is looked up by what it does not touch',
    `insert into change_item (item, change) select 'mail', key from change`,
    /^change item: CHG-.+ is looked up by other items than it touches/,
  ],
  [
    'items of a change that is not there',
    `insert into change_item (item, change) values ('mail', 77)`,
    /^change item: 1 items belong to no change/,
  ],
  [
    'a change that is looked up by an incident that it never named',
    `insert into caused_incident (incident, change) select 'i1', key from change`,
    /^caused incident: CHG-.+ is looked up by other incidents than it named/,
  ],
  [
    'a named incident of a change that is not there',
    `insert into caused_incident (incident, change) values ('i1', 77)`,
    /^caused incident: 1 named incidents belong to no change/,
  ],
  [
    'a template that its events do not make',
    `update change_template set data = json_set(data, '$.uses', 7)`,
    /^template: template \w+ is not what its events say/,
  ],
  [
    'a change that its board shows otherwise',
    forged(
      () => changeBoardName(1),
      (doc) => {
        const [change] = readChanges(doc).changes;
        if (change !== undefined) writeChange(doc, { ...change, title: 'Forged' });
      },
    ),
    /^change board: board\/change@1 shows CHG-.+ with another title/,
  ],
  [
    'a change that its board lacks',
    forged(
      () => changeBoardName(1),
      (doc) => doc.getMap('rows').clear(),
    ),
    /^change board: board\/change@1 lacks CHG-/,
  ],
  [
    'a template that is not among the rules',
    forged(
      () => CHANGE_RULES_NAME,
      (doc) => doc.getMap('templates').clear(),
    ),
    /^rules: rules\/change shows template \w+ otherwise than it is/,
  ],
  [
    'a window among the rules that nobody set',
    forged(
      () => CHANGE_RULES_NAME,
      (doc) => writeRule(doc, 'windows', 'w', { id: 'w' }),
    ),
    /^rules: rules\/change shows other windows than were set/,
  ],
  [
    'a history of a change that lacks an event',
    forged(
      () => journalName(id),
      (doc) => doc.getArray('events').delete(1, 1),
    ),
    /^history: journal\/\w+ does not hold version 2 as it happened/,
  ],
];

describeFindings('the check of a store with changes', sound, CASES);
