/** Baselines of the configuration, and what became of it between two moments. */
import { recordId } from '@muster/domain/shared';
import type { Instant, RecordId } from '@muster/domain/shared';
import { Hono } from 'hono';
import { ulid } from 'ulid';
import { z } from 'zod';
import type { Access } from '../access/access.ts';
import {
  MOST_BASELINES,
  findBaseline,
  insertBaseline,
  listBaselines,
  removeBaseline,
} from '../store/configuration-baselines.ts';
import type { Baseline } from '../store/configuration-baselines.ts';
import { differencesBetween } from '../store/query/configuration-differences.ts';
import { findByReference } from '../store/query/index.ts';
import type { Store } from '../store/store.ts';
import { strictJson } from './body.ts';
import { asked, baseline, content, differences } from './configuration-baseline-schemas.ts';
import { differenceTable } from './configuration-difference-table.ts';
import { csvAnswer } from './csv.ts';
import { describe, jsonBody, paramsOf, queryOf } from './describe.ts';
import { permitted, signedIn } from './env.ts';
import type { SignedIn } from './env.ts';
import { ProblemError } from './problem.ts';
import { word } from './release-schemas.ts';

const PLACE = '/api/configuration/baselines';
/** Rows of an answer, and of a table. */
const MOST_SHOWN = 200;
const MOST_IN_TABLE = 20_000;

interface Moment {
  readonly at: Instant;
  readonly baseline: Baseline | null;
}

export function configurationBaselineRoutes(access: Access, store: Store): Hono<SignedIn> {
  const app = new Hono<SignedIn>();
  const reader = [signedIn(access), permitted('configuration.read')] as const;
  const manager = [...reader, permitted('configuration.manage')] as const;

  async function itemBy(reference: string): Promise<RecordId> {
    const id = await findByReference(store.reader, 'configuration_item', reference);
    if (id === null) throw new ProblemError('not-found', `there is no item ${reference}`);
    return id;
  }

  async function momentBy(said: string): Promise<Moment> {
    if (said === 'now') return { at: Date.now(), baseline: null };
    if (/^\d{1,15}$/.test(said)) return { at: Number(said), baseline: null };
    const found = await findBaseline(store.reader, said);
    if (found === null) throw new ProblemError('not-found', `there is no baseline ${said}`);
    return { at: found.at, baseline: found };
  }

  async function between(query: z.infer<typeof asked>, most: number) {
    const [from, to] = [await momentBy(query.from), await momentBy(query.to)];
    const item = query.item === undefined ? (from.baseline?.scope ?? null) : await itemBy(query.item);
    const found = await differencesBetween(store.reader, { from: from.at, to: to.at, item, most });
    return { from, to, item, ...found };
  }

  app.get(
    PLACE,
    describe({
      tag: 'configuration',
      summary: 'Baselines of the configuration, the latest moment first',
      answers: z.array(baseline),
      problems: ['forbidden'],
    }),
    ...reader,
    async (c) => c.json([...(await listBaselines(store.reader))]),
  );

  app.post(
    PLACE,
    describe({
      tag: 'configuration',
      summary: 'Name a moment of the configuration: this one, or one of the past',
      description: `Nothing is copied, what stood then is in the history. Up to ${MOST_BASELINES} are kept.`,
      answers: baseline,
      status: 201,
      problems: ['forbidden', 'invalid-request', 'malformed-json', 'not-found'],
    }),
    ...manager,
    strictJson,
    jsonBody(content),
    async (c) => {
      const { name, note, at, scope } = c.req.valid('json');
      const now = Date.now();
      if (at !== undefined && at > now)
        throw new ProblemError('invalid-request', 'body.at: must not be to come');
      const made: Baseline = {
        ...{ id: recordId(ulid()), name, note, at: at ?? now, madeAt: now, by: c.var.identity.actor.id },
        scope: scope === null ? null : await itemBy(scope),
      };
      if (!(await insertBaseline(store.writer, made)))
        throw new ProblemError('invalid-request', `there are ${MOST_BASELINES} already: remove one first`);
      return c.json(made, 201);
    },
  );

  app.delete(
    `${PLACE}/:id`,
    describe({
      tag: 'configuration',
      summary: 'Remove a baseline; the history that it names stays',
      answers: null,
      status: 204,
      problems: ['forbidden', 'not-found', 'invalid-request'],
    }),
    ...manager,
    paramsOf(z.object({ id: word })),
    async (c) => {
      const { id } = c.req.valid('param');
      if (!(await removeBaseline(store.writer, id, c.var.identity.actor.id, Date.now())))
        throw new ProblemError('not-found');
      return c.body(null, 204);
    },
  );

  app.get(
    '/api/configuration/differences',
    describe({
      tag: 'configuration',
      summary: 'What became of items and relations between two moments',
      description: `Counted in full, and told up to ${MOST_SHOWN} items and as many relations.`,
      answers: differences,
      problems: ['forbidden', 'not-found', 'invalid-request'],
    }),
    ...reader,
    queryOf(asked),
    async (c) => {
      const { items, relations, ...rest } = await between(c.req.valid('query'), MOST_SHOWN);
      return c.json({ ...rest, items: [...items], relations: [...relations] });
    },
  );

  app.get(
    '/api/configuration/differences.csv',
    describe({
      tag: 'configuration',
      summary: 'The same as a table',
      description: `A row for each part that differs, of up to ${MOST_IN_TABLE} items and as many relations. A last row says so when there is more.`,
      answers: z.string(),
      media: 'text/csv',
      problems: ['forbidden', 'not-found', 'invalid-request'],
    }),
    ...reader,
    queryOf(asked),
    async (c) =>
      csvAnswer(
        c,
        'configuration-differences',
        differenceTable(await between(c.req.valid('query'), MOST_IN_TABLE)),
      ),
  );

  return app;
}
