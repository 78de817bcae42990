/**
 * Ids are ULIDs made where the thing is made (26 characters, Crockford base 32).
 * The brands keep one kind of id from being passed as another.
 */
declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

export type RecordId = Branded<'record'>;
export type PersonId = Branded<'person'>;
export type TeamId = Branded<'team'>;
export type ServiceId = Branded<'service'>;
/** A configuration item, or a service where items are not kept. */
export type ItemId = RecordId | ServiceId;
export type ScheduleId = Branded<'schedule'>;
export type CommandId = Branded<'command'>;

const ULID = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

export function isUlid(value: unknown): value is string {
  return typeof value === 'string' && ULID.test(value);
}

export const recordId = (id: string): RecordId => id as RecordId;
export const personId = (id: string): PersonId => id as PersonId;
export const teamId = (id: string): TeamId => id as TeamId;
export const serviceId = (id: string): ServiceId => id as ServiceId;
export const scheduleId = (id: string): ScheduleId => id as ScheduleId;
export const commandId = (id: string): CommandId => id as CommandId;

/** Who acts when nobody does: reactions, clocks, imports. */
export const SYSTEM = personId('system');
