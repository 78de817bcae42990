import { CHANNELS, HOLD_REASONS, LINK_KINDS, TICKET_KINDS, isUlid } from '@muster/domain/shared';
import type { Level, PersonId, Priority, RecordId, ServiceId, TeamId } from '@muster/domain/shared';
import { z } from 'zod';
import { storable } from '../../store/storable.ts';
import { branded } from './branded.ts';

/** Longer than any text that the rules let pass, so that the rules can say what is wrong with it. */
const MAX_CHARACTERS = 200_000;

/** Which ids there are is the rules' business. */
const id = <Id extends string>() => branded<Id>(z.string().min(1).max(64));

export const person = id<PersonId>();
export const team = id<TeamId>();
export const service = id<ServiceId>();
export const record = branded<RecordId>(
  z.string().refine(isUlid, 'must be a ULID').meta({ pattern: '^[0-7][0-9A-HJKMNP-TV-Z]{25}$' }),
);

export const text = z.string().max(MAX_CHARACTERS).overwrite(storable);
export const label = z.string().max(1_000).overwrite(storable);
/** No date lies beyond: the calendars of browsers and the arithmetic of days are asked for none that nobody means. */
const LATEST = Date.UTC(2100, 0, 1);
export const instant = z.int().min(0).max(LATEST);
export const draft = z.string().min(1).max(200).overwrite(storable).optional();

export const level = z.union([z.literal(1), z.literal(2), z.literal(3)]) satisfies z.ZodType<Level>;
export const priority = z.union([
  z.literal(1),
  z.literal(2),
  z.literal(3),
  z.literal(4),
  z.literal(5),
]) satisfies z.ZodType<Priority>;

export const ticketKind = z.enum(TICKET_KINDS);
export const channel = z.enum(CHANNELS);
export const holdReason = z.enum(HOLD_REASONS);
export const linkKind = z.enum(LINK_KINDS);
/** More than the rules let pass, so that they can say so. */
export const people = z.array(person).max(1_000);
export const tags = z.array(label).max(1_000);
