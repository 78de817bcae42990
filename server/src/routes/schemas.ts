/** Shapes that several routes take or answer. Those of answers are held to the domain's types by the compiler. */
import {
  CALL_CAUSES,
  CALL_STATES,
  CHANNELS,
  HOLD_REASONS,
  LINK_KINDS,
  MAJOR_PHASES,
  MAJOR_ROLES,
  MAJOR_STATES,
  METRICS,
  PERMISSIONS,
  REVIEW_STATES,
  ROLES,
  TEAM_PARTS,
  TICKET_KINDS,
  TICKET_PROCESSES,
  isUlid,
} from '@muster/domain/shared';
import type {
  Call,
  ChainStep,
  Escalation,
  Level,
  MajorIncident,
  Person,
  PersonId,
  Priority,
  RecordId,
  Recorded,
  ScheduleId,
  ServiceId,
  TeamId,
  Ticket,
} from '@muster/domain/shared';
import { z } from 'zod';
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from '../access/password.ts';
import { branded } from '../commands/schema/branded.ts';
import { storable } from '../store/storable.ts';

/** An id as the domain brands it; what it must look like is checked where something is looked up by it. */
const id = <Id extends string>(what: string) =>
  branded<Id>(
    z
      .string()
      .max(64)
      .meta({ description: `Id of ${what}` }),
  );

export const personIdSchema = id<PersonId>('a person');
export const teamIdSchema = id<TeamId>('a team');
export const serviceIdSchema = id<ServiceId>('a service');
export const scheduleIdSchema = id<ScheduleId>('an on-call schedule');
export const recordIdSchema = id<RecordId>('a record');

export const ulidSchema = z
  .string()
  .refine(isUlid, { error: 'must be a ULID (26 characters, upper case)' })
  .meta({ pattern: '^[0-7][0-9A-HJKMNP-TV-Z]{25}$' });

export const instantSchema = z.int().min(0).meta({ description: 'Epoch milliseconds, UTC' });
export const nameSchema = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(120, 'must have at most 120 characters')
  .overwrite(storable);
export const emailSchema = z.email('must be an email address').max(254);
export const passwordSchema = z
  .string()
  .min(MIN_PASSWORD_LENGTH, `must have at least ${MIN_PASSWORD_LENGTH} characters`)
  .max(MAX_PASSWORD_LENGTH, `must have at most ${MAX_PASSWORD_LENGTH} characters`);
export const roleSchema = z.enum(ROLES);
export const permissionSchema = z.enum(PERMISSIONS);

export const personSchema = z
  .object({
    id: personIdSchema,
    name: z.string(),
    email: z.string(),
    roles: z.array(roleSchema),
    teams: z.array(teamIdSchema),
    active: z.boolean(),
    vip: z.boolean(),
  })
  .meta({ id: 'Person' }) satisfies z.ZodType<Person>;

export const levelSchema = z.union([z.literal(1), z.literal(2), z.literal(3)]) satisfies z.ZodType<Level>;
const priority = z.union([
  z.literal(1),
  z.literal(2),
  z.literal(3),
  z.literal(4),
  z.literal(5),
]) satisfies z.ZodType<Priority>;

/** What an incident carries as a major one: for who asked without who does what. */
const majorSchema = z
  .object({
    state: z.enum(MAJOR_STATES),
    severity: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)]),
    since: instantSchema,
    proposedBy: personIdSchema,
    rule: z.string().nullable().meta({ description: 'The rule that proposed it; null when a person did' }),
    reason: z.string().nullable(),
    acceptedAt: instantSchema.nullable(),
    endedAt: instantSchema.nullable(),
    phases: z
      .array(z.object({ phase: z.enum(MAJOR_PHASES), at: instantSchema }))
      .meta({ description: 'Every phase entered, oldest first' }),
    roles: z.array(z.object({ role: z.enum(MAJOR_ROLES), person: personIdSchema, since: instantSchema })),
    offer: z
      .object({ to: personIdSchema, by: personIdSchema, at: instantSchema })
      .nullable()
      .meta({ description: 'The command as it is offered and not yet answered' }),
    review: z
      .object({
        state: z.enum(REVIEW_STATES),
        since: instantSchema,
        reason: z.string().nullable().meta({ description: 'Why none is required' }),
        actions: z.array(
          z.object({
            id: recordIdSchema.meta({ description: 'Id of the record that it becomes' }),
            text: z.string(),
            owner: personIdSchema,
            dueAt: instantSchema,
          }),
        ),
      })
      .nullable()
      .meta({ description: 'The review after it; null until it is begun or said not to be required' }),
    reports: z
      .object({
        count: z.int(),
        lastAt: instantSchema.nullable(),
        minutes: z
          .int()
          .nullable()
          .meta({ description: 'Between two reports; null for the interval of the severity' }),
      })
      .nullable(),
  })
  .meta({ id: 'MajorIncident' }) satisfies z.ZodType<MajorIncident>;

/** A step of a call chain as it is read; who writes one gives whole minutes from 1. */
const chainStepSchema = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('wait'), minutes: z.number() }),
    z.object({ kind: z.literal('person'), person: personIdSchema }),
    z.object({ kind: z.literal('schedule'), schedule: scheduleIdSchema, name: z.string() }),
    z.object({ kind: z.literal('team'), team: teamIdSchema, part: z.enum(TEAM_PARTS) }),
  ])
  .meta({ id: 'ChainStep' }) satisfies z.ZodType<ChainStep>;

const callSchema = z
  .object({
    id: z.int().meta({ description: 'The version of the record that it began with' }),
    state: z.enum(CALL_STATES),
    team: teamIdSchema.nullable().meta({ description: 'Null for the chain of major incidents' }),
    name: z.string(),
    cause: z.enum(CALL_CAUSES),
    by: personIdSchema,
    at: instantSchema,
    steps: z.array(chainStepSchema),
    repeats: z.int(),
    taken: z.array(
      z.object({ round: z.int(), step: z.int(), at: instantSchema, people: z.array(personIdSchema) }),
    ),
    endedBy: personIdSchema.nullable(),
    endedAt: instantSchema.nullable(),
  })
  .meta({ id: 'Call' }) satisfies z.ZodType<Call>;

const escalationSchema = z
  .object({
    level: z.union([z.literal(0), z.literal(1), z.literal(2)]).meta({
      description: "1: the team's lead, 2: everybody who manages major incidents",
    }),
    by: personIdSchema.nullable(),
    at: instantSchema.nullable(),
    reason: z.string().nullable(),
    contact: personIdSchema.nullable().meta({ description: 'Who keeps in touch with the requester' }),
    passed: z.array(z.object({ metric: z.enum(METRICS), percent: z.union([z.literal(75), z.literal(100)]) })),
  })
  .meta({ id: 'Escalation' }) satisfies z.ZodType<Escalation>;

export const ticketSchema = z
  .object({
    id: recordIdSchema,
    process: z.enum(TICKET_PROCESSES),
    number: z.string().nullable(),
    version: z.int(),
    kind: z.enum(TICKET_KINDS),
    title: z.string(),
    state: z.string(),
    holdReason: z.enum(HOLD_REASONS).nullable(),
    impact: levelSchema,
    urgency: levelSchema,
    priority,
    matrixVersion: z.int(),
    priorityReason: z.string().nullable(),
    requester: personIdSchema,
    team: teamIdSchema.nullable(),
    owner: personIdSchema.nullable(),
    coOwners: z.array(personIdSchema),
    service: serviceIdSchema.nullable(),
    items: z.array(recordIdSchema).meta({ description: 'Configuration items that it is about' }),
    category: z.string().nullable(),
    channel: z.enum(CHANNELS),
    tags: z.array(z.string()),
    links: z.array(z.object({ kind: z.enum(LINK_KINDS), target: recordIdSchema })),
    watchers: z.array(personIdSchema),
    mergedInto: recordIdSchema.nullable(),
    snoozedUntil: instantSchema.nullable(),
    snoozedBy: personIdSchema.nullable(),
    resolution: z.object({ code: z.string(), notes: z.string() }).nullable(),
    createdAt: instantSchema,
    updatedAt: instantSchema,
    resolvedAt: instantSchema.nullable(),
    closedAt: instantSchema.nullable(),
    firstResponseAt: instantSchema.nullable(),
    lastReplyAt: instantSchema.nullable(),
    lastReplyBy: z.enum(['requester', 'staff']).nullable(),
    reopenCount: z.int(),
    clock: z.array(instantSchema),
    restrictedTo: teamIdSchema.nullable().meta({
      description: 'This team and `readers` alone may read it as staff; null for who asked for it',
    }),
    readers: z.array(personIdSchema).meta({
      description: 'People who alone may read it as staff, beside the team; empty for who asked for it',
    }),
    major: majorSchema.nullable(),
    escalation: escalationSchema.nullable(),
    calls: z.array(callSchema).meta({ description: 'The last call of each team' }),
  })
  .meta({ id: 'Ticket' }) satisfies z.ZodType<Ticket>;

export const recordedEventSchema = z
  .object({
    seq: z.int(),
    version: z.int().meta({ description: 'Counts the events of the record from 1' }),
    event: z.looseObject({ type: z.string() }),
    actor: personIdSchema,
    at: instantSchema,
    clientAt: instantSchema,
  })
  .meta({ id: 'RecordedEvent' });

/** Tells what an answer is like whose exact type is the domain's; of its parts it may name some. */
export function telling<Value>(schema: z.ZodType): z.ZodType<Value> {
  return schema as z.ZodType<Value>;
}

/** The same for the events of one kind of record. */
export const recordedSchema = <Event>() => telling<Recorded<Event>>(recordedEventSchema);
