/** Call chains. Everybody who works here reads them in the directory document; these routes write them. */
import {
  MAJOR_CHAIN,
  MAX_CHAIN_STEPS,
  MOST_REPEATS,
  MOST_WAIT_MINUTES,
  TEAM_PARTS,
  chainFault,
} from '@muster/domain/shared';
import type { Chain, ChainStep } from '@muster/domain/shared';
import { Hono } from 'hono';
import { z } from 'zod';
import type { Access } from '../access/access.ts';
import { readChains, removeChain, writeChain } from '../store/chains.ts';
import { loadDirectory } from '../store/directory.ts';
import { strictJson } from './body.ts';
import { describe, jsonBody, paramsOf } from './describe.ts';
import { permitted, signedIn } from './env.ts';
import type { SignedIn } from './env.ts';
import { ProblemError } from './problem.ts';
import { nameSchema, personIdSchema, scheduleIdSchema, teamIdSchema } from './schemas.ts';

const step = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('wait'), minutes: z.int().min(1).max(MOST_WAIT_MINUTES) }),
  z.strictObject({ kind: z.literal('person'), person: personIdSchema }),
  z.strictObject({ kind: z.literal('schedule'), schedule: scheduleIdSchema, name: nameSchema }),
  z.strictObject({ kind: z.literal('team'), team: teamIdSchema, part: z.enum(TEAM_PARTS) }),
]) satisfies z.ZodType<ChainStep>;

/** The id of a team, or `major`. */
const chainId = z.string().min(1).max(64);
const content = z.strictObject({
  /** The version that its author saw; 0 for a new one. */
  basis: z.int().min(0),
  name: nameSchema,
  steps: z.array(step).min(1).max(MAX_CHAIN_STEPS),
  repeats: z.int().min(0).max(MOST_REPEATS),
});
const kept = content
  .omit({ basis: true })
  .extend({ id: chainId, version: z.int() })
  .meta({ id: 'Chain' }) satisfies z.ZodType<Chain>;

const WRITE_FAULTS = ['forbidden', 'malformed-json', 'invalid-request', 'changed-meanwhile'] as const;

export function chainRoutes(access: Access): Hono<SignedIn> {
  const app = new Hono<SignedIn>();
  const member = signedIn(access);
  const writer = permitted('admin.settings');

  app.put(
    '/api/chains/:id',
    describe({
      tag: 'people',
      summary: 'Make or change the call chain of a team, or with the id `major` the one of major incidents',
      answers: kept,
      problems: WRITE_FAULTS,
    }),
    member,
    writer,
    strictJson,
    paramsOf(z.object({ id: chainId })),
    jsonBody(content),
    async (c) => {
      const { basis, ...said } = c.req.valid('json');
      const chain: Chain = { ...said, id: c.req.valid('param').id, version: basis + 1 };
      await refuseUnfit(access, chain);
      if (!(await writeChain(access.db, chain, Date.now()))) throw new ProblemError('changed-meanwhile');
      await access.directoryChanged();
      return c.json(chain);
    },
  );

  app.delete(
    '/api/chains/:id',
    describe({
      tag: 'people',
      summary: 'Remove a call chain; calls that go on end as it said',
      answers: null,
      status: 204,
      problems: WRITE_FAULTS,
    }),
    member,
    writer,
    strictJson,
    paramsOf(z.object({ id: chainId })),
    jsonBody(z.strictObject({ basis: z.int().min(1) })),
    async (c) => {
      const gone = await removeChain(access.db, c.req.valid('param').id, c.req.valid('json').basis);
      if (!gone) throw new ProblemError('changed-meanwhile');
      await access.directoryChanged();
      return c.body(null, 204);
    },
  );

  return app;
}

/** Whom it names must be there; who was called before and has left stays until somebody changes the chain. */
async function refuseUnfit({ db }: Access, { id, steps }: Chain): Promise<void> {
  const fault = chainFault(steps);
  if (fault !== null) throw new ProblemError('invalid-request', FAULT_WORDS[fault]);
  const { people, teams, schedules } = await loadDirectory(db);
  if (id !== MAJOR_CHAIN && ![...teams.keys()].some((team) => team === id)) {
    throw new ProblemError('invalid-request', `there is no team ${id}`);
  }
  const before = (await readChains(db)).get(id)?.steps ?? [];
  const had = new Set(before.map((each) => JSON.stringify(each)));
  for (const each of steps) {
    const unknown =
      (each.kind === 'person' && !people.has(each.person)) ||
      (each.kind === 'team' && !teams.has(each.team)) ||
      (each.kind === 'schedule' && !schedules.has(each.schedule));
    if (unknown && !had.has(JSON.stringify(each))) {
      throw new ProblemError('invalid-request', 'a step calls somebody who is not here');
    }
  }
}

const FAULT_WORDS = {
  'calls-nobody': 'it calls nobody',
  'ends-without-wait': 'it must end with a wait, so that whoever is called last has time to answer',
} as const;
