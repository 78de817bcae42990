/** What goes in and out at the routes of monitoring systems. */
import { z } from 'zod';
import { INTEGRATION_KINDS } from '../alerts/integrations.ts';
import { MAX_JSON_BYTES } from './body.ts';
import { instantSchema, levelSchema, nameSchema, serviceIdSchema, teamIdSchema } from './schemas.ts';

const word = z.string().trim().min(1).max(200);
const minutes = z.int().min(0).max(1_440);
const groups = z.int().min(1).max(10_000);

export const mappingSchema = z.object({
  serviceLabel: word,
  services: z.record(word, serviceIdSchema),
  severityLabel: word,
  severities: z.record(word, z.object({ impact: levelSchema, urgency: levelSchema })),
});

const numbers = z.object({
  reopenMinutes: minutes,
  stormMinutes: minutes.min(1),
  stormGroups: groups,
  stormLabelGroups: groups,
  stormLabels: z.array(word).max(10),
});

export const integrationSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    kind: z.enum(INTEGRATION_KINDS),
    team: teamIdSchema.nullable(),
    service: serviceIdSchema.nullable(),
    mapping: mappingSchema,
    numbers,
    keyPrefix: z.string(),
    revoked: z.boolean(),
    madeAt: instantSchema,
    keyMadeAt: instantSchema,
    lastReceivedAt: instantSchema.nullable(),
    counts: z.object({ received: z.int(), malformed: z.int(), episodes: z.int(), folded: z.int() }),
  })
  .meta({ id: 'AlertIntegration' });

const target = { team: teamIdSchema.nullable(), service: serviceIdSchema.nullable() };

export const newIntegrationSchema = z.object({
  name: nameSchema,
  kind: z.enum(INTEGRATION_KINDS),
  team: target.team.default(null),
  service: target.service.default(null),
  mapping: mappingSchema.optional(),
  numbers: numbers.optional(),
});

export const changeSchema = z.object({
  name: nameSchema.optional(),
  team: target.team.optional(),
  service: target.service.optional(),
  mapping: mappingSchema.optional(),
  numbers: numbers.optional(),
});

export const trialSchema = z.object({
  payload: z.string().max(MAX_JSON_BYTES).meta({ description: 'As its sender would send it' }),
  team: target.team.optional(),
  service: target.service.optional(),
  mapping: mappingSchema.optional(),
  numbers: numbers.optional(),
});

const labelRead = z.object({
  label: z.string(),
  value: z.string().nullable().meta({
    description: 'What counts: the worst severity, the shared service; null where none is said or shared',
  }),
  values: z.array(z.string()).meta({ description: 'All that the alerts that fire say there' }),
  by: z.enum(['table', 'name']).nullable().meta({
    description: 'Whether the mapping names the value, or a service is called so; null where neither is',
  }),
});

export const trialAnswerSchema = z.object({
  group: z.string(),
  firing: z.int(),
  incident: z
    .object({
      title: z.string(),
      impact: levelSchema,
      urgency: levelSchema,
      priority: z.int().min(1).max(5),
      service: serviceIdSchema.nullable(),
      team: teamIdSchema.nullable(),
      tags: z.array(z.string()),
    })
    .nullable()
    .meta({ description: 'Null when nothing fires, or it would be refused' }),
  description: z.string(),
  refusal: z.string().nullable(),
  service: labelRead,
  severity: labelRead,
  storms: z.array(z.string()).meta({ description: 'By what it counts towards storms, as `label=value`' }),
});

export const incidentAlertSchema = z.object({
  id: z.string(),
  name: z.string(),
  state: z.enum(['firing', 'acknowledged', 'silenced', 'resolved']),
  acknowledged: z.boolean().meta({ description: 'Somebody has seen it, also while it is silenced' }),
  labels: z.record(z.string(), z.string()),
  url: z.string().nullable(),
  startsAt: instantSchema,
  resolvedAt: instantSchema.nullable(),
});
