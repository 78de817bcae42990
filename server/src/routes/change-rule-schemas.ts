/** What the rules of changes look like when they are set. The domain says what is wrong with what has the right form. */
import {
  APPROVAL_STAGES,
  CHANGE_STATES,
  PLANS,
  RISK_LEVELS,
  TASK_KINDS,
  WINDOW_KINDS,
} from '@muster/domain/change';
import type { ChangeFacts, ChangeModel, ChangeNeed, ChangeWindow, ContentKind } from '@muster/domain/change';
import { z } from 'zod';
import { storable } from '../store/storable.ts';
import { personIdSchema, serviceIdSchema, teamIdSchema } from './schemas.ts';

/** More than the rules let pass, so that they can say so. */
const MOST = 1_000;

export const ruleIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, 'must be 1 to 64 letters, digits, _ and -');
export const basisSchema = z
  .int()
  .min(0)
  .meta({ description: 'The version that its author saw; 0 for a new one' });
const words = z.string().max(2_000).overwrite(storable);
const key = z.string().min(1).max(64);
const keys = z.array(key).max(MOST);
const level = z.enum(RISK_LEVELS);
const services = z.array(serviceIdSchema).max(MOST);

const match = z
  .strictObject({
    models: keys,
    services,
    classes: keys,
    criticality: z.int().min(1).max(4),
    risk: level,
    outage: z.boolean(),
    mostItems: z.int().min(0),
    leastItems: z.int().min(0),
  })
  .partial()
  .meta({ id: 'ChangeMatch' });

export const windowSchema = z.strictObject({
  name: words,
  kind: z.enum(WINDOW_KINDS),
  hard: z.boolean().meta({ description: 'Of a freeze: nothing goes past it' }),
  when: z.strictObject({
    zone: words.nullable().meta({ description: 'IANA name; null for the clock of what it is for' }),
    begins: words.meta({ description: 'Wall clock, YYYY-MM-DDTHH:mm' }),
    ends: words,
    repeats: z
      .strictObject({
        unit: z.enum(['day', 'week']),
        every: z.int(),
        weekdays: z.array(z.int()).max(MOST),
        until: words.nullable(),
      })
      .nullable(),
  }),
  services: services.nullable(),
  classes: keys.nullable(),
  models: keys.nullable(),
}) satisfies z.ZodType<Omit<ChangeWindow, 'id' | 'version'>, unknown>;

const weight = z.int();
export const policySchema = z.strictObject({
  name: words,
  stage: z.enum(APPROVAL_STAGES),
  when: match,
  rule: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('any') }),
    z.strictObject({ kind: z.literal('all') }),
    z.strictObject({ kind: z.literal('majority') }),
    z.strictObject({ kind: z.literal('quorum'), votes: z.int() }),
    z.strictObject({ kind: z.literal('weighted'), weight }),
  ]),
  approvers: z
    .array(
      z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('person'), person: personIdSchema, weight }),
        z.strictObject({ kind: z.literal('team'), team: teamIdSchema, weight }),
        z.strictObject({ kind: z.literal('lead'), weight }),
      ]),
    )
    .max(MOST),
  delegates: z.array(personIdSchema).max(MOST).nullable(),
  withinMs: z.int().nullable(),
  ownMayVote: z.boolean(),
});

const state = z.enum(CHANGE_STATES);
const stages = z.array(z.enum(APPROVAL_STAGES));
const NEEDS = [
  ...['plans', 'items', 'window', 'risk', 'template', 'approvals', 'conflicts'],
  ...['now-in-window', 'no-freeze', 'tasks', 'result', 'review'],
] as readonly string[] as readonly [ChangeNeed, ...ChangeNeed[]];
const CONTENT = ['items', 'window', 'outage', 'risk', 'plans'] as const satisfies readonly ContentKind[];

export const modelSchema = z.strictObject({
  name: words,
  initial: state,
  states: z.partialRecord(
    state,
    z.strictObject({
      edits: z.array(z.enum(CONTENT)),
      works: z.array(z.enum(TASK_KINDS)),
      asks: stages,
      holdsPlace: z.boolean(),
      whenContentMoves: state.nullable(),
    }),
  ),
  steps: z
    .array(
      z.strictObject({
        from: state,
        to: state,
        way: z.enum(['forward', 'back', 'cancel']),
        needs: z.array(z.enum(NEEDS)),
        stages,
        mustAsk: z.boolean(),
      }),
    )
    .max(MOST),
  whenRejected: state,
  byTemplate: z.boolean(),
  reviews: z.boolean(),
}) satisfies z.ZodType<Omit<ChangeModel, 'id' | 'version'>, unknown>;

const bands = z.strictObject({ low: level, medium: level, high: level });
export const riskSchema = z.strictObject({
  conditions: z.array(z.strictObject({ id: key, words, when: match, level })).max(MOST),
  questionnaire: z.strictObject({
    questions: z
      .array(
        z.strictObject({
          id: key,
          words,
          weight: z.number(),
          answers: z
            .array(z.strictObject({ id: key, words, score: z.number() }))
            .min(1)
            .max(50),
        }),
      )
      .max(100),
    thresholds: z.array(z.strictObject({ below: z.number(), level })).max(10),
    otherwise: level,
  }),
  matrix: z.strictObject({ bounds: z.array(z.strictObject({ upTo: z.number(), level })).max(25) }),
  history: z.strictObject({
    least: z.int().min(1),
    high: z.number(),
    medium: z.number(),
    rows: z.strictObject({ low: bands, medium: bands, high: bands }),
  }),
});

export const plansSchema = z.record(level, z.array(z.enum(PLANS))) satisfies z.ZodType<
  ChangeFacts['plans'],
  unknown
>;
