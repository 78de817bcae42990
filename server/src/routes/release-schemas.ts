/** What is answered of releases, deployments and the gate. */
import { RELEASE_KINDS, RELEASE_STATES } from '@muster/domain/release';
import type { Release, ReleaseEvent } from '@muster/domain/release';
import { z } from 'zod';
import { DEPLOYMENT_OUTCOMES } from '../store/deployments.ts';
import {
  instantSchema,
  personIdSchema,
  recordIdSchema,
  serviceIdSchema,
  recordedSchema,
  telling,
} from './schemas.ts';

/** Its parts are those of the document `release/<id>`. */
export const releaseSchema = telling<Release>(
  z
    .looseObject({
      id: recordIdSchema,
      number: z.string().nullable(),
      version: z.int(),
      state: z.enum(RELEASE_STATES),
      kind: z.enum(RELEASE_KINDS),
      title: z.string(),
      label: z.string(),
      services: z.array(serviceIdSchema),
      owner: personIdSchema.nullable(),
      beginsAt: instantSchema.nullable(),
      endsAt: instantSchema.nullable(),
      members: z.array(recordIdSchema),
      phases: z.array(z.looseObject({ id: z.string(), name: z.string(), state: z.string() })),
      steps: z.array(z.looseObject({ id: z.string(), title: z.string(), phase: z.string() })),
      madeBy: personIdSchema,
      madeAt: instantSchema,
      updatedAt: instantSchema,
    })
    .meta({ id: 'Release' }),
);

export const releaseEventSchema = recordedSchema<ReleaseEvent>();

export const word = z.string().trim().min(1, 'must not be empty').max(200);

export const deploymentSchema = z
  .object({
    id: z.string(),
    external: z.string().meta({ description: 'How the pipeline calls it' }),
    reporter: personIdSchema,
    service: serviceIdSchema,
    environment: z.string(),
    version: z.string(),
    release: recordIdSchema.nullable(),
    change: recordIdSchema.nullable(),
    outcome: z.enum(DEPLOYMENT_OUTCOMES),
    at: instantSchema.meta({ description: 'When it began' }),
    finishedAt: instantSchema.nullable(),
    committedAt: instantSchema.nullable().meta({ description: 'Of the oldest work that it brings' }),
  })
  .meta({ id: 'Deployment' });

const reason = z.looseObject({
  code: z.string().meta({ example: 'release/outside-window', description: 'Stable' }),
  blocks: z.boolean().meta({ description: 'Whether it stops the deployment, or is only worth knowing' }),
});

export const gateAnswerSchema = z
  .object({
    allow: z.boolean(),
    change: recordIdSchema.nullable().meta({ description: 'The change that allows it' }),
    reasons: z.array(reason),
  })
  .meta({ id: 'GateAnswer' });
