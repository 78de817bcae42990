/** The shapes of a room's past, held to the types of `packages/documents` by the compiler. */
import type { ListItem, ProseContent } from '@muster/documents';
import { z } from 'zod';
import type { SittingsPage } from '../store/rooms.ts';
import { instantSchema } from './schemas.ts';

const person = z.string().meta({ description: 'Id of a person' });
const written = z.object({
  person,
  at: instantSchema,
  recovered: z
    .literal(true)
    .optional()
    .meta({ description: 'The person only brought it back after a restore; its author is not known' }),
});
const trace = {
  written: written.optional(),
  came: z.literal(true).optional().meta({ description: 'Written after `since`' }),
  removed: written.optional().meta({ description: 'Taken away after `since`, by whom and when' }),
};

const node = z
  .looseObject({ type: z.string(), ...trace })
  .meta({ id: 'ProseNode', description: "A node of ProseMirror's JSON, with who wrote it" });

const prose = z.object({
  text: z.string().meta({ description: 'Plain text, without what was removed' }),
  content: z.array(node),
}) satisfies z.ZodType<ProseContent, unknown>;

const item = z.object({
  value: z.unknown(),
  texts: z.array(
    z.object({
      path: z.array(z.union([z.string(), z.number()])),
      content: z.array(z.object({ type: z.literal('text'), text: z.string(), ...trace })),
    }),
  ),
  ...trace,
}) satisfies z.ZodType<ListItem, unknown>;

export const roomAtSchema = z
  .object({
    seq: z.int().meta({ description: 'Counts the updates of the room; 0 before the first' }),
    changedAt: instantSchema.nullable(),
    since: z.int().nullable(),
    content: z.object({
      description: prose,
      notes: prose,
      timeline: z.array(item),
      checklist: z.array(item),
      review: prose,
      implementation: prose,
      backout: prose,
      test: prose,
      communication: prose,
    }),
  })
  .meta({ id: 'RoomAt' });

export const sittingsSchema = z.object({
  sittings: z.array(
    z
      .object({
        person,
        recovered: z
          .boolean()
          .meta({ description: 'Brought back by the person after a restore; others may have written it' }),
        from: instantSchema,
        to: instantSchema,
        updates: z.int(),
        firstSeq: z.int(),
        lastSeq: z.int(),
      })
      .meta({ id: 'Sitting' }),
  ),
  next: z.int().nullable().meta({ description: 'Cursor of the next page; null on the last' }),
  total: z.int(),
}) satisfies z.ZodType<SittingsPage, unknown>;
