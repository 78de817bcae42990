import { MAX_TICKET_ITEMS } from '@muster/domain/shared';
import { z } from 'zod';
import type { ArgsSchema } from './args-of.ts';
import { severity } from './major.ts';
import {
  channel,
  label,
  level,
  people,
  person,
  record,
  service,
  tags,
  team,
  text,
  ticketKind,
} from './parts.ts';

export const create = z.strictObject({
  kind: ticketKind,
  title: text,
  description: text,
  impact: level,
  urgency: level,
  requester: person,
  service: service.nullable(),
  items: z.array(record).max(MAX_TICKET_ITEMS).optional(),
  category: label.nullable(),
  team: team.nullable(),
  channel,
  tags: tags.optional(),
  restrictedTo: team.nullable().optional(),
  readers: people.optional(),
  major: z.strictObject({ severity }).optional(),
}) satisfies ArgsSchema<'create'>;
