/** What is answered of problems. */
import { ORIGIN_KINDS, PROBLEM_STATES } from '@muster/domain/problem';
import type { Problem, ProblemEvent } from '@muster/domain/problem';
import { z } from 'zod';
import {
  instantSchema,
  personIdSchema,
  recordIdSchema,
  recordedSchema,
  serviceIdSchema,
  telling,
} from './schemas.ts';

const words = z.string();

/** Its parts are those of a row of `board/problem`. */
export const problemSchema = telling<Problem>(
  z
    .looseObject({
      id: recordIdSchema,
      number: z.string().nullable(),
      version: z.int(),
      state: z.enum(PROBLEM_STATES),
      title: words,
      priority: z.int().min(1).max(5),
      service: serviceIdSchema.nullable(),
      owner: personIdSchema.nullable(),
      origin: z.looseObject({
        kind: z.enum(ORIGIN_KINDS),
        incident: recordIdSchema.nullable(),
        evidence: words,
      }),
      incidents: z
        .array(recordIdSchema.nullable())
        .meta({ description: 'Null for one that may not be named to you' }),
      workaround: words,
      fix: words,
      knownError: z.boolean(),
      major: z.boolean(),
      madeBy: personIdSchema,
      madeAt: instantSchema,
      updatedAt: instantSchema,
    })
    .meta({ id: 'ProblemRecord' }),
);

export const problemEventSchema = recordedSchema<ProblemEvent>();
