/** What is answered of known errors and articles. */
import type { HelpRow } from '@muster/documents/knowledge';
import { KNOWLEDGE_AUDIENCES, KNOWLEDGE_KINDS, KNOWLEDGE_STATES } from '@muster/domain/problem';
import type { KnowledgeContent, KnowledgeEvent, KnownError } from '@muster/domain/problem';
import { z } from 'zod';
import type { KnowledgeVersion } from '../store/known-errors.ts';
import {
  instantSchema,
  personIdSchema,
  recordIdSchema,
  recordedSchema,
  serviceIdSchema,
  telling,
} from './schemas.ts';

const at = instantSchema.nullable();

const told = {
  title: z.string(),
  symptom: z.string(),
  workaround: z.string(),
  cause: z.string(),
  errorCode: z.string().meta({ description: 'What programs say when it happens' }),
  service: serviceIdSchema.nullable(),
  category: z.string().nullable(),
  words: z.array(z.string()),
  validUntil: at.meta({ description: 'After this nobody has looked whether it still holds' }),
};

const content = {
  ...told,
  items: z.array(z.string()),
  problem: recordIdSchema.nullable(),
  audience: z.enum(KNOWLEDGE_AUDIENCES),
};

const body = z
  .array(z.looseObject({ type: z.string() }))
  .meta({ description: 'The text, as nodes of the editor' });

export const knownErrorSchema = telling<KnownError>(
  z
    .looseObject({
      id: recordIdSchema,
      kind: z.enum(KNOWLEDGE_KINDS),
      version: z.int(),
      state: z.enum(KNOWLEDGE_STATES),
      draft: z
        .enum(['draft', 'review'])
        .nullable()
        .meta({ description: 'How far what is being written has come' }),
      ...content,
      owner: personIdSchema.nullable(),
      reviewers: z.array(personIdSchema),
      published: z
        .looseObject({ number: z.int(), at: instantSchema, by: personIdSchema, content: z.object(content) })
        .nullable(),
      helped: z.int(),
      notHelped: z.int(),
      used: z.int().meta({ description: 'Tickets that it was used on' }),
      supersededBy: recordIdSchema.nullable(),
      updatedAt: instantSchema,
    })
    .meta({ id: 'KnownError' }),
);

export const knowledgeVersionSchema = telling<KnowledgeVersion>(
  z
    .object({
      number: z.int(),
      at: instantSchema,
      by: personIdSchema,
      content: telling<KnowledgeContent>(z.object(content)),
      body,
    })
    .meta({ id: 'KnowledgeVersion' }),
);

export const helpSchema = telling<HelpRow>(
  z
    .looseObject({
      id: recordIdSchema,
      kind: z.enum(KNOWLEDGE_KINDS),
      number: z.int(),
      publishedAt: instantSchema,
      ...told,
      body,
    })
    .meta({ id: 'Help' }),
);

export const knowledgeEventSchema = recordedSchema<KnowledgeEvent>();
