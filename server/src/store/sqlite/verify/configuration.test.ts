/** A store whose desk has set classes of its own while a desk began with less than it does now, and items of before. */
import { CONFIGURATION_RULES, DEFAULT_CLASSES, DEFAULT_RELATION_TYPES } from '@muster/domain/configuration';
import type { ConfigurationRules } from '@muster/domain/configuration';
import Sqlite from 'better-sqlite3';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { itemOf, readRules } from '../../configuration.ts';
import { ANNE, actor, admitPeople, command, newId, runOne, temporaryFolder } from '../../test-store.ts';
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

test('[CFG-109] an item that was changed before that was kept is whole, before and after it is confirmed and changed', async () => {
  const own = temporaryFolder();
  onTestFinished(own.remove);
  const file = join(own.folder, 'muster.db');
  const id = newId();
  const by = actor(ANNE, 'team-lead');
  const done = { outcome: 'applied' };
  const made = await openSqliteStore({ file });
  await admitPeople(made);
  const fields = { class: 'application', name: 'web1' };
  expect(await runOne(made, command('item.create', id, { fields }), by)).toMatchObject(done);
  expect(await runOne(made, command('item.edit', id, { fields: { name: 'web2' } }, 1), by)).toMatchObject(
    done,
  );
  await made.close();
  const raw = new Sqlite(file);
  raw.exec(`update configuration_item set data = json_remove(data, '$.changedAt')`);
  raw.exec(`update document set layout = 3 where kind = 'configuration-board'`);
  raw.close();

  const store = await openSqliteStore({ file });
  onTestFinished(() => store.close());
  const changedAt = async () => {
    const row = await store.reader.selectFrom('configuration_item').select('data').executeTakeFirstOrThrow();
    return itemOf(row).changedAt;
  };
  expect((await store.verify()).findings).toEqual([]);
  expect(await runOne(store, command('item.confirm', id, {}, 2), by)).toMatchObject(done);
  expect([await changedAt(), (await store.verify()).findings]).toEqual([undefined, []]);
  expect(await runOne(store, command('item.edit', id, { fields: { name: 'web3' } }, 3), by)).toMatchObject(
    done,
  );
  expect([await changedAt(), (await store.verify()).findings]).toEqual([expect.any(Number), []]);
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
