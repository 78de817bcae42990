import { paretoOf } from '@muster/domain/problem';
import { permissionsOf, personId } from '@muster/domain/shared';
import type { Actor } from '@muster/domain/shared';
import Sqlite from 'better-sqlite3';
import { createReadStream, existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStoreIn } from '../store/open.ts';
import type { Store } from '../store/store.ts';
import { importServiceNow } from './runner.ts';
import { DEFAULT_SERVICENOW_MAPPING } from './servicenow/mapping.ts';

/** Real data is never part of the project: it lies beside it, or where MUSTER_SHARED_DATA says. */
const DATA =
  process.env['MUSTER_SHARED_DATA'] ?? fileURLToPath(new URL('../../../../shared/data', import.meta.url));
const LOG = join(DATA, 'servicenow/incident_event_log.csv.gz');

const agent: Actor = {
  ...{ id: personId('anne'), name: 'Anne', teams: [] },
  permissions: permissionsOf(['agent']),
};
const FILTER = { process: 'incident' } as const;
/** After its end: where the rules look back from. */
const MARCH = Date.UTC(2016, 2, 31);
const DAY = 86_400_000;
/** In the middle of the log. */
const FIXED = Date.UTC(2016, 2, 8);

let folder: string;
let store: Store;
/** Asks the same file by itself. */
let own: Sqlite.Database;

/** Rows of SQL that shares nothing with what it is held against: over the whole tickets, not over columns. */
const rows = <Row>(sql: string, ...values: readonly unknown[]): readonly Row[] =>
  own.prepare(sql).all(...values) as Row[];
const TICKETS = `create temp table ticket as select data ->> '$.id' as id, data ->> '$.createdAt' as at, data ->> '$.title' as title,
  data ->> '$.category' as category, data ->> '$.team' as team, data ->> '$.resolution.code' as resolution,
  data ->> '$.requester' as caller, data ->> '$.reopenCount' as reopened, data ->> '$.resolvedAt' as resolved
  from record where data ->> '$.process' = 'incident'`;

describe.skipIf(!existsSync(LOG))(
  'trends over a real log of 4,000 incidents (left out where the log is not on this machine)',
  () => {
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'muster-real-trends-'));
      store = await openStoreIn(folder);
      const onFault = (fault: unknown): void => {
        throw fault;
      };
      const options = { mapping: DEFAULT_SERVICENOW_MAPPING, dryRun: false, onFault };
      await importServiceNow(store, createReadStream(LOG), options);
      own = new Sqlite(join(folder, 'muster.db'), { readonly: true });
      own.exec(TICKETS);
    }, 120_000);
    afterAll(async () => {
      own.close();
      await store.close();
      await rm(folder, { recursive: true, force: true });
    });

    test.for([
      ['category', 'category'],
      ['team', 'team'],
      ['resolution', 'resolution'],
      ['caller', 'caller'],
    ] as const)('[PRB-20] a Pareto by %s has the counts of the log', async ([by, column]) => {
      const { bars, others, without } = await store.trends.ask('pareto', { ...FILTER, by }, agent);
      const counts = rows<{ group: string; count: number }>(
        `select ${column} as "group", count(*) as count from ticket where ${column} is not null
         group by 1 order by 1`,
      );
      const expected = paretoOf(counts);
      expect(bars.map(({ name: _, ...bar }) => bar)).toEqual(expected.slice(0, 200));
      expect(others.groups).toBe(expected.length - bars.length);
      const all = bars.reduce((sum, { count }) => sum + count, 0) + others.count + without;
      expect(all).toBe(4_000);
      if (by === 'team') expect(bars[0]?.name).toMatch(/^Group \d+$/);
    });

    test('[PRB-27] the heat map has each incident in the hour that clocks in Zurich showed', async () => {
      const { hours } = await store.trends.ask('heatMap', { ...FILTER, zone: 'Europe/Zurich' }, agent);
      const clock = new Intl.DateTimeFormat('en-GB', {
        ...{ timeZone: 'Europe/Zurich', weekday: 'long', hour: '2-digit', hourCycle: 'h23' },
      });
      const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
      const expected = weekdays.map(() => Array.from({ length: 24 }, () => 0));
      for (const { at } of rows<{ at: number }>('select at from ticket')) {
        const parts = Object.fromEntries(clock.formatToParts(at).map(({ type, value }) => [type, value]));
        const row = expected[weekdays.indexOf(parts['weekday'] ?? '')];
        const hour = Number(parts['hour']);
        if (row !== undefined) row[hour] = (row[hour] ?? 0) + 1;
      }
      expect(hours).toEqual(expected);
      expect(hours.flat().reduce((sum, count) => sum + count, 0)).toBe(4_000);
    });

    test('[PRB-21] weeks have the counts of the log, and limits of the twelve before each', async () => {
      const { weeks } = await store.trends.ask('weeks', { ...FILTER, zone: 'UTC' }, agent);
      const counts = new Map(
        rows<{ week: string; count: number }>(
          `select date(at / 1000, 'unixepoch', 'weekday 0', '-6 days') as week, count(*) as count
           from ticket group by 1`,
        ).map(({ week, count }) => [week, count]),
      );
      const told = new Map(weeks.filter(({ count }) => count > 0).map(({ week, count }) => [week, count]));
      expect(told).toEqual(counts);
      const at = 5;
      const before = weeks.slice(0, at).map(({ count }) => count);
      const mean = before.reduce((sum, count) => sum + count, 0) / at;
      const deviation = Math.sqrt(before.reduce((sum, count) => sum + (count - mean) ** 2, 0) / at);
      expect(weeks[at]?.mean).toBeCloseTo(mean);
      expect(weeks[at]?.upper).toBeCloseTo(mean + 3 * Math.max(deviation, 1));
      expect(weeks.length).toBeGreaterThan(500);
    });

    test('[PRB-21] weeks of a span are held against those before it', async () => {
      const to = Date.UTC(2016, 4, 30);
      const asked = { ...FILTER, zone: 'UTC', from: Date.UTC(2016, 3, 4), to };
      const { weeks } = await store.trends.ask('weeks', asked, agent);
      const [all, part] = [await store.trends.ask('weeks', { ...FILTER, zone: 'UTC', to }, agent), weeks];
      expect(part).toEqual(all.weeks.slice(-8));
      expect(part.every(({ isWhole, mean }) => isWhole && mean !== null)).toBe(true);
    });

    test('[PRB-22] recurrences of March are the keys with three incidents in its thirty days, and no others', async () => {
      const asked = { ...FILTER, to: MARCH };
      const { recurrences, more } = await store.trends.ask('recurrences', asked, agent);
      const late = rows<{ count: number }>(
        `select count(*) as count from ticket where at > ? and at <= ?
         group by category, title having count(*) >= 3`,
        MARCH - 30 * DAY,
        MARCH,
      );
      const counted = recurrences.filter(({ rules }) => rules.includes('count'));
      expect(late.length).toBeGreaterThan(0);
      if (!more) expect(counted).toHaveLength(late.length);
      for (const { evidence, title } of counted) {
        const [same] = rows<{ count: number }>(
          `select count(*) as count from ticket where at > ? and at <= ? and title = ?`,
          ...[MARCH - 30 * DAY, MARCH, title],
        );
        expect(evidence.count).toBeGreaterThanOrEqual(same?.count ?? 0);
      }
    });

    test('[PRB-25] clusters share what they say they share, hold each incident once, and miss none of the same title', async () => {
      const asked = { ...FILTER, from: Date.UTC(2016, 2, 1), to: MARCH };
      const { clusters, seen, unseen, more } = await store.trends.ask('clusters', asked, agent);
      const ids = clusters.flatMap(({ evidence }) => evidence.ids);
      expect(new Set(ids).size).toBe(ids.length);
      const [all] = rows<{ count: number }>(
        `select count(*) as count from ticket where at >= ? and at < ?`,
        asked.from,
        asked.to,
      );
      expect(seen + unseen).toBe(all?.count);
      expect(clusters.length).toBeGreaterThan(5);
      for (const { evidence, fields, first, last } of clusters) {
        expect(evidence.count).toBeGreaterThanOrEqual(3);
        if (evidence.ids.length < evidence.count) continue;
        const members = rows<{ category: string; team: string; at: number }>(
          `select * from ticket where id in (select value from json_each(?))`,
          JSON.stringify(evidence.ids),
        );
        expect(members).toHaveLength(evidence.count);
        expect([first, last]).toEqual([
          Math.min(...members.map(({ at }) => at)),
          Math.max(...members.map(({ at }) => at)),
        ]);
        for (const { field, value, count } of fields) {
          if (field === 'service' || field === 'item') continue;
          expect(members.filter((member) => member[field] === value)).toHaveLength(count);
        }
      }
      const same = rows<{ ids: string }>(
        `select json_group_array(id) as ids from ticket where at >= ? and at < ?
         group by title having count(*) >= 3 and count(distinct coalesce(category, '')) = 1`,
        ...[asked.from, asked.to],
      );
      expect(same.length).toBeGreaterThan(3);
      if (more || clusters.some(({ evidence }) => evidence.ids.length < evidence.count)) return;
      for (const { ids: titled } of same) {
        const one = JSON.parse(titled) as string[];
        const holding = clusters.filter(({ evidence }) =>
          one.some((id) => evidence.ids.some((own) => own === id)),
        );
        expect(holding).toHaveLength(1);
        expect(holding[0]?.evidence.ids).toEqual(expect.arrayContaining(one));
      }
    });

    test('[PRB-23] the effect of a fix of a category is what the log has before and after', async () => {
      const [most] = rows<{ category: string }>(
        `select category from ticket where category is not null group by 1 order by count(*) desc limit 1`,
      );
      const category = most?.category ?? '';
      const asked = { ...FILTER, category, fixedAt: FIXED };
      const effect = await store.trends.ask('fixEffect', asked, agent);
      const [expected] = rows<{ before: number; after: number }>(
        `select count(*) filter (where at < ?) as before, count(*) filter (where at >= ?) as after
         from ticket where category = ? and at >= ? - 30 * 86400000 and at < ? + 30 * 86400000`,
        ...[FIXED, FIXED, category, FIXED, FIXED],
      );
      expect({ before: effect.before, after: effect.after }).toEqual(expected);
      expect(effect.days.reduce((sum, { count }) => sum + count, 0)).toBe(effect.before + effect.after);
      expect(effect.daysOver).toBe(30);
    });

    test('the records behind a figure are as many as it counts', async () => {
      const zone = 'Europe/Zurich';
      const { hours } = await store.trends.ask('heatMap', { ...FILTER, zone }, agent);
      const page = { cursor: null, limit: 200, zone };
      const at = (weekday: number, hour: number) =>
        store.trends.ask('records', { ...FILTER, ...page, weekday, hour }, agent);
      expect((await at(5, 3)).records).toHaveLength(hours[5]?.[3] ?? -1);
      expect((await at(0, 7)).records).toHaveLength(Math.min(200, hours[0]?.[7] ?? -1));
    });
  },
);
