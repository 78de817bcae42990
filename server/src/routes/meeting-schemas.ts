/** What is answered of change boards and their meetings. */
import { CHANGE_STATES, ITEM_VERDICTS, MEETING_STATES } from '@muster/domain/change';
import type { Meeting, MeetingBoard, MeetingEvent } from '@muster/domain/change';
import { z } from 'zod';
import { instantSchema, personIdSchema, recordIdSchema, recordedSchema, telling } from './schemas.ts';

const at = instantSchema.nullable();
const people = z.array(personIdSchema);

export const boardSchema = telling<MeetingBoard>(
  z
    .looseObject({
      id: recordIdSchema,
      version: z.int(),
      name: z.string(),
      retired: z.boolean(),
      when: z.looseObject({ zone: z.string().nullable(), begins: z.string(), ends: z.string() }).meta({
        description: 'Wall clock of its first date and how it repeats',
      }),
      itemMinutes: z.int(),
      chairs: people,
      members: people,
      agenda: z.looseObject({ states: z.array(z.enum(CHANGE_STATES)), policies: z.array(z.string()) }),
      updatedAt: instantSchema,
    })
    .meta({ id: 'ChangeBoard' }),
);

const decision = z.object({
  verdict: z.enum(ITEM_VERDICTS),
  note: z.string().nullable(),
  by: personIdSchema,
  at: instantSchema,
  votes: z.array(z.object({ person: personIdSchema, vote: z.string(), note: z.string().nullable() })),
  revision: z.int(),
  state: z.enum(CHANGE_STATES).meta({ description: 'In which the change stood then' }),
});

const item = z.object({
  change: recordIdSchema,
  takenOver: z.boolean().meta({ description: 'An earlier meeting left it' }),
  addedBy: personIdSchema.nullable(),
  stretches: z.array(z.object({ from: instantSchema, to: at })).meta({ description: 'When it was shown' }),
  decision: decision.nullable(),
  named: z
    .object({ title: z.string(), number: z.string().nullable() })
    .optional()
    .meta({ description: 'What the change was called when it was decided, or at the end' }),
});

/** Its parts are those of the document `meeting/<id>`. */
export const meetingSchema = telling<Meeting>(
  z
    .looseObject({
      id: recordIdSchema,
      version: z.int(),
      board: recordIdSchema,
      state: z.enum(MEETING_STATES),
      beginsAt: instantSchema,
      endsAt: instantSchema,
      adHoc: z.boolean().meta({ description: 'Called beside the dates of its board' }),
      itemMinutes: z.int(),
      invited: people,
      plannedBy: personIdSchema,
      chair: personIdSchema.nullable(),
      agenda: z.array(item),
      current: recordIdSchema.nullable().meta({ description: 'The item that is shown' }),
      attendance: z.array(z.object({ person: personIdSchema, from: instantSchema, to: at })),
      openedAt: at,
      closedAt: at,
      reason: z.string().nullable().meta({ description: 'Why it was called off' }),
      heldAs: z
        .object({ name: z.string(), zone: z.string().nullable() })
        .optional()
        .meta({ description: 'What its board was called at the end, and on whose clock it met' }),
      updatedAt: instantSchema,
    })
    .meta({ id: 'Meeting' }),
);

export const meetingEventSchema = recordedSchema<MeetingEvent>();
