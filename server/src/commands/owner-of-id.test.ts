import { describe, expect, it, onTestFinished } from 'vitest';
import { join } from 'node:path';
import { openSqliteStore } from '../store/sqlite/open.ts';
import {
  ANNE,
  CREATE,
  actor,
  admitPeople,
  command,
  newId,
  runOne,
  temporaryFolder,
} from '../store/test-store.ts';
import { isNumberTaken, isTakenElsewhere } from './owner-of-id.ts';

const FIELDS = {
  ...{ title: 'Tunnel', service: null, items: [], team: null, owner: null, impact: 2, urgency: 2 },
  ...{ major: false, workaround: '', fix: '' },
};

const MADE = [
  ['incident.create', 'record', CREATE],
  [
    'problem.create',
    'problem',
    { fields: FIELDS, origin: { kind: 'found', incident: null, evidence: '' }, incidents: [] },
  ],
  [
    'item.create',
    'configuration_item',
    { fields: { class: 'database', name: 'Orders' }, state: 'in_service' },
  ],
] as const;

describe('what an id and a number are given to', () => {
  it.each(MADE)('[SYN-30] finds the id and the number that %s gave', async (type, table, args) => {
    const { folder, remove } = temporaryFolder();
    const store = await openSqliteStore({ file: join(folder, 'muster.db') });
    onTestFinished(async () => {
      await store.close();
      remove();
    });
    await admitPeople(store);
    const id = newId();
    const answer = await runOne(store, command(type, id, args), actor(ANNE));
    const number = 'number' in answer ? answer.number : undefined;
    if (number === undefined) throw new Error(JSON.stringify(answer));
    expect(await isNumberTaken(store.reader, number)).toBe(true);
    expect(await isNumberTaken(store.reader, `${number}0`)).toBe(false);
    expect(await isTakenElsewhere(store.reader, id, table)).toBe(false);
    expect(await isTakenElsewhere(store.reader, id, 'known_error')).toBe(true);
  });
});
