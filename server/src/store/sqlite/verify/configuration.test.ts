/** A store whose desk has set classes of its own while a desk began with less than it does now. */
import { CONFIGURATION_RULES, DEFAULT_CLASSES, DEFAULT_RELATION_TYPES } from '@muster/domain/configuration';
import type { ConfigurationRules } from '@muster/domain/configuration';
import Sqlite from 'better-sqlite3';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readRules } from '../../configuration.ts';
import { ANNE, actor, admitPeople, command, runOne, temporaryFolder } from '../../test-store.ts';
import { openSqliteStore } from '../open.ts';
import { describeFindings } from './test-damaged-store.ts';

const { folder, remove } = temporaryFolder();
const sound = join(folder, 'muster.db');
const robot = { id: 'robot', name: 'Robot', parent: 'device', abstract: false, attributes: [] };
const LATER = { classes: ['patch', 'web_application'], types: ['owns', 'manages'] };
const own = [...[...DEFAULT_CLASSES.values()].filter(({ id }) => !LATER.classes.includes(id)), robot];
const before = [...DEFAULT_RELATION_TYPES.values()].filter(({ id }) => !LATER.types.includes(id));

let kept: ConfigurationRules;

beforeAll(async () => {
  const made = await openSqliteStore({ file: sound });
  await admitPeople(made);
  const set = command('configuration.set-classes', CONFIGURATION_RULES, { classes: own });
  expect(await runOne(made, set, actor(ANNE, 'team-lead'))).toMatchObject({ outcome: 'applied' });
  await made.close();
  // the types as a desk began with them then
  const raw = new Sqlite(sound);
  raw
    .prepare(`update configuration_rules set data = json_set(data, '$.types', json(?))`)
    .run(JSON.stringify(before));
  raw.close();
  const later = await openSqliteStore({ file: sound });
  kept = await readRules(later.reader);
  await later.close();
});
afterAll(remove);

test('[CFG-28] a desk that set its own classes keeps them, and the types that stood beside them', () => {
  expect(kept.classes).toEqual(own);
  expect(kept.types).toEqual(before);
});

describeFindings('the check of a store with classes of its own', sound, [
  [
    'altered classes',
    `update configuration_rules set data = replace(data, 'Robot', 'Arm')`,
    /^configuration rules: they are not what their events say: classes/,
  ],
  [
    'another version',
    `update configuration_rules set data = json_set(data, '$.version', 7)`,
    /^configuration rules: they are not what their events say: version/,
  ],
]);
