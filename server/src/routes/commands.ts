import { Hono } from 'hono';
import { commandId, recordId } from '@muster/domain/shared';
import { OLDEST_PAGE } from '@muster/sync';
import type { CommandEnvelope } from '@muster/domain/shared';
import { z } from 'zod';
import type { Access } from '../access/access.ts';
import { countsFor } from '../access/identity.ts';
import type { Store } from '../store/store.ts';
import { strictJson } from './body.ts';
import { describe, jsonBody } from './describe.ts';
import { signedIn } from './env.ts';
import type { SignedIn } from './env.ts';
import { Pace } from './pace.ts';
import { ProblemError } from './problem.ts';
import { instantSchema, personIdSchema, ulidSchema } from './schemas.ts';

const MAX_COMMANDS = 100;
/** What one person's devices and the keys that they made may do together: a long day offline comes in within a minute. */
export const COMMANDS_PER_MINUTE = 6_000;
/** The era that the sender believes in. */
const ERA_HEADER = 'muster-era';
/** Version of a page of ours; who is none does not say one. */
const PAGE_HEADER = 'muster-page';

const envelope = z
  .strictObject({
    id: ulidSchema.meta({ description: 'Made by the sender; the same id again gives the same outcome' }),
    type: z
      .string()
      .regex(/^[a-z]+(?:-[a-z]+)*\.[a-z-]+$/, 'must be <process>.<verb>')
      .max(64)
      .meta({ example: 'incident.claim' }),
    target: ulidSchema.meta({ description: 'The record, also one that this command makes' }),
    args: z.record(z.string(), z.unknown()).default({}),
    basis: z
      .int()
      .min(0)
      .meta({ description: 'Version of the record that the author saw; 0 for one not made yet' }),
    clientAt: instantSchema,
    era: z.string().max(64).optional().meta({
      description: 'Era of the store in which the author saw `basis`, as `GET /api/store` named it',
    }),
    formerly: z.string().max(32).optional().meta({
      description: 'Number that the record had in that era; kept when a restore lost it and it is still free',
    }),
  })
  .meta({ id: 'Command' });

const id = z.string();
const outcome = z
  .discriminatedUnion('outcome', [
    z.object({ id, outcome: z.literal('applied'), version: z.int(), number: z.string().optional() }),
    z.object({ id, outcome: z.literal('refused'), refusal: z.looseObject({ code: z.string() }) }),
    z.object({
      id,
      outcome: z.literal('superseded'),
      by: z.object({
        person: personIdSchema,
        at: instantSchema,
        what: z.string(),
        detail: z.record(z.string(), z.unknown()).optional(),
      }),
      reason: z.string(),
    }),
  ])
  .meta({ id: 'CommandOutcome' });

/** The one way to change a record. */
export function commandRoutes(
  access: Access,
  store: Store,
  {
    oldestPage = OLDEST_PAGE,
    commandsPerMinute = COMMANDS_PER_MINUTE,
  }: { readonly oldestPage?: number; readonly commandsPerMinute?: number } = {},
): Hono<SignedIn> {
  const app = new Hono<SignedIn>();
  const pace = new Pace(commandsPerMinute, 'commands');
  app.post(
    '/api/commands',
    describe({
      tag: 'records',
      summary: `Run up to ${MAX_COMMANDS} commands in order; each has its own outcome`,
      description:
        'The outcomes are on disk when this answers. A refused command changes nothing; those after it still run. ' +
        'A body that is not an array of commands changes nothing at all. With a `muster-era` header nothing runs in ' +
        'another era of the store: what was done before a restore has to come before what was done after. ' +
        `A person's commands, with those of the keys that they made, beyond ${COMMANDS_PER_MINUTE} a minute are refused whole, with the time to wait.`,
      answers: z.array(outcome),
      problems: [
        'malformed-json',
        'invalid-request',
        'too-large',
        'too-many-requests',
        'store-restored',
        'page-too-old',
        'disk-full',
        'store-failing',
      ],
    }),
    signedIn(access),
    strictJson,
    jsonBody(z.array(envelope).max(MAX_COMMANDS, `must have at most ${MAX_COMMANDS} commands`)),
    async (c) => {
      const page = c.req.header(PAGE_HEADER);
      if (page !== undefined && Number(page) < oldestPage) throw new ProblemError('page-too-old');
      const expected = c.req.header(ERA_HEADER);
      if (expected !== undefined && expected !== store.era.era) throw new ProblemError('store-restored');
      const commands = c.req.valid('json').map((command): CommandEnvelope => ({
        ...command,
        id: commandId(command.id),
        target: recordId(command.target),
      }));
      const { identity } = c.var;
      await pace.keep(countsFor(identity), commands.length);
      const outcomes = await store.commands.run(commands, identity.actor);
      return c.json([...outcomes]);
    },
  );
  return app;
}
