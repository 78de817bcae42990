/** What many records show together, over all history: for who reads problems, over what they may read as staff. */
import type { Permission } from '@muster/domain/shared';
import { Hono } from 'hono';
import type { Context } from 'hono';
import { z } from 'zod';
import type { Access } from '../access/access.ts';
import { may } from '../access/identity.ts';
import type { Store } from '../store/store.ts';
import type { Asked } from '../store/trend/questions.ts';
import { csvAnswer } from './csv.ts';
import { describe, queryOf } from './describe.ts';
import { permitted, signedIn } from './env.ts';
import type { SignedIn } from './env.ts';
import { askedOf } from './paging.ts';
import { ProblemError } from './problem.ts';
import { TELLING } from './trend-answers.ts';
import type { Telling, TellingKind, Told } from './trend-answers.ts';
import {
  answers,
  fixFilter,
  paretoFilter,
  recordsFilter,
  trendFilter,
  untilFilter,
  zonedFilter,
} from './trend-schemas.ts';

interface Route<Kind extends TellingKind> {
  readonly kind: Kind;
  readonly path: string;
  readonly summary: string;
  readonly description: string;
  readonly filter: z.ZodType<Loose<Asked<Kind>>>;
}

/** As schemas give it: what was left out is there as undefined. */
type Loose<Value> = {
  readonly [Key in keyof Value]: Value[Key] | undefined extends Value[Key]
    ? Value[Key] | undefined
    : Value[Key];
};

const problems = ['forbidden', 'invalid-request', 'takes-too-long', 'too-many-requests'] as const;
const OF_ALL = 'Drills, what was merged away and what the caller may not read as staff count nowhere.';

export function trendRoutes(access: Access, store: Store): Hono<SignedIn> {
  const app = new Hono<SignedIn>();
  const guard = [signedIn(access), permitted('problem.read')] as const;

  function add<Kind extends TellingKind>(route: Route<Kind>): void {
    const { kind, path, filter } = route;
    const telling = TELLING[kind] as unknown as Telling<Kind>;
    const answer = async (c: Context<SignedIn>, isTable: boolean): Promise<Told<Kind>> => {
      // refused before, where it does not fit; parsed again for its type
      const wanted = stated(filter.parse(c.req.query()));
      mayReadAll(c, wanted.process);
      const asked = isTable ? (telling.forTable?.(wanted) ?? wanted) : wanted;
      const told = await store.trends.ask(kind, asked, c.var.identity.actor, c.req.raw.signal);
      return telling.tell(asked, told);
    };
    const described = { tag: 'problems', description: `${route.description} ${OF_ALL}`, problems } as const;
    app.get(
      path,
      describe({ ...described, summary: route.summary, answers: answers[kind] }),
      ...guard,
      queryOf(filter),
      async (c) => c.json(await answer(c, false)),
    );
    app.get(
      `${path}.csv`,
      describe({ ...described, summary: 'The same as a table', answers: z.string(), media: 'text/csv' }),
      ...guard,
      queryOf(filter),
      async (c) => csvAnswer(c, kind, telling.table(await answer(c, true))),
    );
  }

  add({
    kind: 'pareto',
    path: '/api/trends/pareto',
    summary: 'Records counted by what they share, the most first',
    description: 'The vital few are the fewest that make 80 % together.',
    filter: paretoFilter,
  });
  add({
    kind: 'heatMap',
    path: '/api/trends/heat-map',
    summary: 'Records by weekday and hour at which they were opened',
    description: 'As the clocks of the zone showed it, summer time included.',
    filter: zonedFilter,
  });
  add({
    kind: 'weeks',
    path: '/api/trends/weeks',
    summary: 'A control chart of the records opened in each week, oldest first',
    description: 'Each week is held against up to twelve before it, by three standard deviations.',
    filter: zonedFilter,
  });
  add({
    kind: 'recurrences',
    path: '/api/trends/recurrences',
    summary: 'What happened too often to be chance by the end of the span',
    description:
      '`count`: three in 30 days. `week`: far above the mean of twelve weeks. `reopened`: more than a fifth came ' +
      'back. `majors`: two major incidents of an item or a service in 90 days. Each looks back from `to` over all ' +
      'that it needs: there is no `from`.',
    filter: untilFilter,
  });
  add({
    kind: 'clusters',
    path: '/api/trends/clusters',
    summary: 'Records that are alike by their words and fields, from three on, the largest first',
    description: 'Each with the records, the words and the fields that it rests on.',
    filter: trendFilter,
  });
  add({
    kind: 'fixEffect',
    path: '/api/trends/fix-effect',
    summary: 'Records of the 30 days before a fix and of those after it, day by day',
    description: 'There is no verdict before the days are over.',
    filter: fixFilter,
  });

  app.get(
    '/api/trends/records',
    describe({
      tag: 'problems',
      summary: 'The records behind a figure, newest first',
      description: `Each answer about trends says where its own are. ${OF_ALL}`,
      answers: answers.records,
      problems,
    }),
    ...guard,
    queryOf(recordsFilter),
    async (c) => {
      const { wanted, cursor, limit } = askedOf(c.req.valid('query'));
      const { process, zone, ...narrowed } = wanted;
      if (process === undefined || zone === undefined) throw new ProblemError('invalid-request');
      mayReadAll(c, process);
      const asked = { ...narrowed, process, zone, cursor, limit };
      const { records, next } = await store.trends.ask(
        'records',
        asked,
        c.var.identity.actor,
        c.req.raw.signal,
      );
      return c.json({ records: [...records], next });
    },
  );
  return app;
}

/** Trends are over what somebody reads as staff: whoever reads none of it has nothing to ask. */
function mayReadAll(c: Context<SignedIn>, process: Asked<'pareto'>['process']): void {
  const permission: Permission = `${process}.read`;
  if (!may(c.var.identity, permission)) throw new ProblemError('forbidden', `this needs ${permission}`);
}

/** Without what was left out. */
function stated<Value extends object>(loose: Loose<Value>): Value {
  return Object.fromEntries(Object.entries(loose).filter(([, value]) => value !== undefined)) as Value;
}
