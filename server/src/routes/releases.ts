/** Reading releases over HTTP, those that have left the board too. Writing is by command alone. */
import {
  RELEASE_KINDS,
  RELEASE_STATES,
  deploymentMatrix,
  doraByWeek,
  releaseNotes,
} from '@muster/domain/release';
import type { DoraWeek } from '@muster/domain/release';
import { recordId } from '@muster/domain/shared';
import { Hono } from 'hono';
import { z } from 'zod';
import type { Access } from '../access/access.ts';
import { releaseFacts } from '../commands/releases/release-facts.ts';
import { loadDirectory } from '../store/directory.ts';
import {
  deploymentsMeasured,
  deploymentsOfMatrix,
  listReleases,
  readReleaseRecord,
} from '../store/query/index.ts';
import type { Store } from '../store/store.ts';
import { describe, paramsOf, queryOf } from './describe.ts';
import { permitted, signedIn } from './env.ts';
import type { SignedIn } from './env.ts';
import { askedOf, next, page } from './paging.ts';
import { ProblemError } from './problem.ts';
import { releaseEventSchema, releaseSchema, word } from './release-schemas.ts';
import { instantSchema, recordIdSchema, serviceIdSchema } from './schemas.ts';
import { isZone, mondayOf } from './weeks.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const MOST_WEEKS = 260;

const filter = z.object({
  state: z.enum(RELEASE_STATES).optional(),
  kind: z.enum(RELEASE_KINDS).optional(),
  owner: word.optional(),
  change: word.optional().meta({ description: 'Id of a change that it carries' }),
  q: word.optional().meta({ description: 'Words of its number, title, steps or room' }),
  ...page,
});

const cell = z.object({
  service: serviceIdSchema,
  version: z.string(),
  since: instantSchema,
  isCurrent: z.boolean().meta({ description: 'Nothing was deployed over it there' }),
});
const matrix = z.object({
  environments: z.array(z.string()),
  rows: z.array(
    z.object({
      release: z
        .object({
          id: recordIdSchema,
          number: z.string().nullable(),
          title: z.string(),
          label: z.string(),
          state: z.string(),
        })
        .nullable()
        .meta({ description: 'Null for what was deployed outside any release' }),
      cells: z.record(z.string(), z.array(cell)).meta({ description: 'By environment' }),
    }),
  ),
});

const measured = z.object({
  weeks: z.coerce.number().int().min(1).max(MOST_WEEKS).default(26),
  environment: word.default('production'),
  service: word.optional().meta({ description: 'Id of a service' }),
  zone: word
    .refine(isZone, 'is no time zone')
    .default('UTC')
    .meta({ description: 'IANA name of the zone whose weeks they are', example: 'Europe/Zurich' }),
});
const ms = z.number().min(0).nullable();
const week = z.object({
  week: z.string().meta({ description: 'Its Monday', example: '2026-11-23' }),
  deployments: z.int(),
  changeFailureRate: z.number().min(0).max(1).nullable(),
  leadTimeMs: ms,
  restoreMs: ms,
});

export function releaseRoutes(access: Access, store: Store): Hono<SignedIn> {
  const app = new Hono<SignedIn>();
  const guard = [signedIn(access), permitted('release.read')] as const;

  app.get(
    '/api/releases',
    describe({
      tag: 'releases',
      summary: 'Releases, newest change first, archived ones too',
      description: 'They are made and moved on by commands `release.<verb>`.',
      answers: z.object({ releases: z.array(releaseSchema), next }),
      problems: ['forbidden', 'invalid-request'],
    }),
    ...guard,
    queryOf(filter),
    async (c) => {
      const { wanted, cursor, limit } = askedOf(c.req.valid('query'));
      const found = await listReleases(store.reader, c.var.identity.actor, wanted, cursor, limit);
      return c.json({ releases: found.items.map(({ record }) => record), next: found.next });
    },
  );

  app.get(
    '/api/releases/matrix',
    describe({
      tag: 'releases',
      summary: 'Which version of a release stands or stood in each environment, and since when',
      answers: matrix,
      problems: ['forbidden'],
    }),
    ...guard,
    async (c) => {
      const { environments, rows } = deploymentMatrix(await deploymentsOfMatrix(store.reader, Date.now()));
      const named = await releasesNamed(
        store,
        rows.flatMap(({ release }) => release ?? []),
      );
      return c.json({
        environments: [...environments],
        rows: rows.map(({ release, cells }) => ({
          release: release === null ? null : (named.get(release) ?? null),
          cells: Object.fromEntries([...cells].map(([where, those]) => [where, [...those]])),
        })),
      });
    },
  );

  const measure = async (asked: z.infer<typeof measured>): Promise<readonly DoraWeek<string>[]> => {
    const to = Date.now();
    const weekOf = (at: number) => mondayOf(at, asked.zone);
    const from = to - asked.weeks * 7 * DAY_MS;
    const { environment, service } = asked;
    const narrowed = { from, to, environment, ...(service !== undefined && { service }) };
    const { deployments, incidents } = await deploymentsMeasured(store.reader, narrowed);
    return doraByWeek(deployments, incidents, weekOf);
  };

  app.get(
    '/api/releases/metrics',
    describe({
      tag: 'releases',
      summary: 'The four measures of DORA by week, oldest first; weeks without deployments are left out',
      answers: z.object({ weeks: z.array(week) }),
      problems: ['forbidden', 'invalid-request'],
    }),
    ...guard,
    queryOf(measured),
    async (c) => c.json({ weeks: [...(await measure(c.req.valid('query')))] }),
  );

  app.get(
    '/api/releases/metrics.csv',
    describe({
      tag: 'releases',
      summary: 'The same as a table, durations in hours',
      answers: z.string(),
      media: 'text/csv',
      problems: ['forbidden', 'invalid-request'],
    }),
    ...guard,
    queryOf(measured),
    async (c) => {
      const lines = (await measure(c.req.valid('query'))).map((each) =>
        [
          each.week,
          each.deployments,
          each.changeFailureRate ?? '',
          hours(each.leadTimeMs),
          hours(each.restoreMs),
        ].join(','),
      );
      const head = 'week,deployments,change_failure_rate,lead_time_hours,restore_hours';
      c.header('content-disposition', 'attachment; filename="releases.csv"');
      return c.body(`${[head, ...lines].join('\r\n')}\r\n`, 200, {
        'content-type': 'text/csv; charset=utf-8',
      });
    },
  );

  app.get(
    '/api/releases/:id',
    describe({
      tag: 'releases',
      summary: 'One release, by its id or number, and its history',
      answers: z.object({ release: releaseSchema, events: z.array(releaseEventSchema) }),
      problems: ['forbidden', 'not-found', 'invalid-request'],
    }),
    ...guard,
    paramsOf(z.object({ id: word })),
    async (c) => {
      const found = await readReleaseRecord(store.reader, c.var.identity.actor, c.req.valid('param').id);
      if (found === null) throw new ProblemError('not-found');
      return c.json({ release: found.release, events: [...found.events] });
    },
  );

  app.get(
    '/api/releases/:id/notes.md',
    describe({
      tag: 'releases',
      summary: 'Release notes made of the changes that it carries, as Markdown',
      answers: z.string(),
      media: 'text/markdown',
      problems: ['forbidden', 'not-found', 'invalid-request'],
    }),
    ...guard,
    paramsOf(z.object({ id: word })),
    async (c) => {
      const { actor } = c.var.identity;
      const found = await readReleaseRecord(store.reader, actor, c.req.valid('param').id);
      if (found === null) throw new ProblemError('not-found');
      const { release } = found;
      const directory = await loadDirectory(store.reader);
      const needed = { changes: release.members, incidents: [] };
      const facts = await releaseFacts(store.reader, store.map, needed, actor);
      return c.body(releaseNotes(release, facts, directory), 200, {
        'content-type': 'text/markdown; charset=utf-8',
      });
    },
  );

  return app;
}

async function releasesNamed(store: Store, ids: readonly string[]) {
  const rows = await store.reader
    .selectFrom('release')
    .select(['id', 'number', 'title', 'label', 'state'])
    .where('id', 'in', [...ids, ''])
    .execute();
  return new Map(rows.map((row) => [row.id, { ...row, id: recordId(row.id) }]));
}

function hours(duration: number | null): string {
  return duration === null ? '' : String(Math.round(duration / 36_000) / 100);
}
