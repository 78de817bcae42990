/** What is answered of a change. Its parts are those of the document `board/change`. */
import { CHANGE_RESULTS, CHANGE_STATES, RISK_LEVELS, TASK_KINDS, TASK_STATES } from '@muster/domain/change';
import type { Change, ChangeEvent } from '@muster/domain/change';
import { z } from 'zod';
import {
  instantSchema,
  personIdSchema,
  recordIdSchema,
  teamIdSchema,
  recordedSchema,
  telling,
} from './schemas.ts';

const task = z.looseObject({
  id: z.string(),
  title: z.string(),
  kind: z.enum(TASK_KINDS),
  state: z.enum(TASK_STATES),
  owner: personIdSchema.nullable(),
  team: teamIdSchema.nullable(),
  after: z.array(z.string()),
  plannedMinutes: z.int().nullable(),
  actualMinutes: z.int().nullable(),
});

export const changeSchema = telling<Change>(
  z
    .looseObject({
      id: recordIdSchema,
      number: z.string().nullable(),
      version: z.int(),
      model: z.string(),
      state: z.enum(CHANGE_STATES),
      title: z.string(),
      items: z.array(z.string()),
      begins: instantSchema.nullable(),
      ends: instantSchema.nullable(),
      outage: z.boolean(),
      madeBy: personIdSchema,
      madeAt: instantSchema,
      updatedAt: instantSchema,
      team: teamIdSchema.nullable(),
      owner: personIdSchema.nullable(),
      risk: z.looseObject({ level: z.enum(RISK_LEVELS) }).nullable(),
      tasks: z.array(task),
      result: z.enum(CHANGE_RESULTS).nullable(),
      caused: z.array(z.object({ incident: recordIdSchema.nullable(), priority: z.int() })),
      startedAt: instantSchema.nullable(),
      endedAt: instantSchema.nullable(),
      closedAt: instantSchema.nullable(),
    })
    .meta({ id: 'Change' }),
);

export const changeEventSchema = recordedSchema<ChangeEvent>();
