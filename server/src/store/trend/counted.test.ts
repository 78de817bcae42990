import Sqlite from 'better-sqlite3';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { queriesOver } from '../sqlite/dialect.ts';
import { openSqliteStore } from '../sqlite/open.ts';
import { Statements } from '../sqlite/statements.ts';
import type { Store } from '../store.ts';
import { ANNE, actor, admitPeople, createIncident, temporaryFolder } from '../test-store.ts';
import { answerTrend } from './answers.ts';
import { PARETO_GROUPS } from './questions.ts';
import type { Asked, TrendKind } from './questions.ts';

const ALL = { process: 'incident' } as const;
const ASKED: readonly { readonly [Kind in TrendKind]: [Kind, Asked<Kind>] }[TrendKind][] = [
  ...PARETO_GROUPS.map((by): ['pareto', Asked<'pareto'>] => ['pareto', { ...ALL, by }]),
  ['heatMap', { ...ALL, zone: 'Europe/Zurich' }],
  ['weeks', { ...ALL, zone: 'Europe/Zurich' }],
  ['recurrences', ALL],
  ['clusters', ALL],
  ['fixEffect', { ...ALL, fixedAt: 1 }],
];

let ran: string[] = [];
let connection: Sqlite.Database;
let store: Store;
const { folder, remove } = temporaryFolder();

beforeAll(async () => {
  const file = join(folder, 'muster.db');
  store = await openSqliteStore({ file });
  await admitPeople(store);
  await createIncident(store);
  connection = new Sqlite(file, { readonly: true, verbose: (text) => void ran.push(String(text)) });
  connection.function('still_asked', { deterministic: false, varargs: true }, () => 1);
});
afterAll(async () => {
  connection.close();
  await store.close();
  remove();
});

it.each(ASKED)('%s %j reads the index of trends and no row of a record', async (kind, asked) => {
  ran = [];
  const db = queriesOver(new Statements(connection));
  const asker = { db, actor: actor(ANNE, 'team-lead'), now: Date.now(), stillAsked: () => undefined };
  await answerTrend(kind, asker, asked);

  const counting = ran.filter((text) => text.includes('still_asked'));
  expect(counting).not.toEqual([]);
  for (const text of counting) {
    const plan = connection.prepare<[], { detail: string }>(`explain query plan ${text}`).all();
    const ofRecords = plan.map(({ detail }) => detail).filter((detail) => / record( |$)/.test(detail));
    expect(ofRecords).not.toEqual([]);
    for (const detail of ofRecords) expect(detail).toMatch(/ USING COVERING INDEX record_trend /);
  }
});
