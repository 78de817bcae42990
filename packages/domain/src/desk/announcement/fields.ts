/** Whether the fields of an announcement are fit, and what two authors do to the same field. */
import { ok, refuse } from '../../shared/index.ts';
import type { ItemStanding, RecordId, Result, Service, ServiceId, Team, TeamId } from '../../shared/index.ts';
import { MAX_NOTE, MAX_TITLE, cleanText } from '../../shared/ticket/text.ts';
import { announcementRefusal } from './acts.ts';
import type { AnnouncementRefusal } from './acts.ts';
import { ANNOUNCEMENT_KINDS, isOverAnnouncement, isPlanned, isRunning } from './announcement.ts';
import type { Announcement, AnnouncementFields } from './announcement.ts';

/** Services that one announcement names at most. */
const MAX_SERVICES = 200;
/** Items that one announcement names at most. */
const MAX_ITEMS = 200;
/** Teams that are told by name; more of them are everybody. */
const MAX_AUDIENCE = 50;

export type Checked<Value> = Result<Value, AnnouncementRefusal>;

/** Of the organisation, what fields may name. */
export interface Named {
  readonly services: ReadonlyMap<ServiceId, Service>;
  readonly teams: ReadonlyMap<TeamId, Team>;
  /** How an item stands; left out where that is not at hand, in the browser. */
  readonly itemStanding?: (item: RecordId) => ItemStanding | null;
}

/**
 * Fields as they are kept: trimmed, each service, item and team once. The window is looked at when it is published.
 *
 * @param there Items that it names already, which may have been retired since
 */
export function cleanFields<Fields extends Partial<AnnouncementFields>>(
  fields: Fields,
  { services, teams, itemStanding }: Named,
  there: readonly RecordId[] = [],
): Checked<Fields> {
  const { title, message, kind } = fields;
  const cleaned: Partial<AnnouncementFields> = { ...fields };
  if (title !== undefined) {
    const text = cleanText(title, MAX_TITLE);
    if (text === null) return unfitText('title', title);
    Object.assign(cleaned, { title: text });
  }
  if (message !== undefined) {
    if (message.trim().length > MAX_NOTE) return unfitText('message', message);
    Object.assign(cleaned, { message: message.trim() });
  }
  if (kind !== undefined && !ANNOUNCEMENT_KINDS.includes(kind)) return unfit('kind', kind);
  for (const field of ['beginsAt', 'endsAt'] as const) {
    const at = fields[field];
    if (at !== undefined && at !== null && !isInstant(at)) return unfit(field, at);
  }
  if (fields.services !== undefined) {
    const named = [...new Set(fields.services)];
    if (named.length > MAX_SERVICES) return unfit('services', named.length);
    const unknown = named.find((service) => !services.has(service));
    if (unknown !== undefined) return refuse(announcementRefusal('unknown-service', { service: unknown }));
    Object.assign(cleaned, { services: named });
  }
  if (fields.items !== undefined) {
    const named = [...new Set(fields.items)];
    const fault = faultOfItems(named, there, itemStanding);
    if (fault !== null) return refuse(fault);
    Object.assign(cleaned, { items: named });
  }
  if (fields.audience !== undefined) {
    const named = [...new Set(fields.audience)].toSorted();
    if (named.length > MAX_AUDIENCE) return unfit('audience', named.length);
    const unknown = named.find((team) => !teams.has(team));
    if (unknown !== undefined) return refuse(announcementRefusal('unknown-team', { team: unknown }));
    Object.assign(cleaned, { audience: named });
  }
  return ok(cleaned as Fields);
}

function faultOfItems(
  named: readonly RecordId[],
  there: readonly RecordId[],
  standingOf: Named['itemStanding'],
): AnnouncementRefusal | null {
  if (named.length > MAX_ITEMS)
    return announcementRefusal('invalid-value', { field: 'items', value: named.length });
  if (standingOf === undefined) return null;
  for (const item of named.filter((each) => !there.includes(each))) {
    const standing = standingOf(item);
    if (standing === null) return announcementRefusal('unknown-item', { item });
    if (standing === 'retired') return announcementRefusal('item-retired', { item });
  }
  return null;
}

/** Whether the window makes sense, whenever that is; null when it does. */
export function faultOfWindow({
  beginsAt,
  endsAt,
}: Pick<AnnouncementFields, 'beginsAt' | 'endsAt'>): AnnouncementRefusal | null {
  return beginsAt !== null && endsAt !== null && endsAt <= beginsAt
    ? announcementRefusal('end-before-begin', { beginsAt, endsAt })
    : null;
}

/** Whether the audience goes with where it is shown; null when it does. */
export function faultOfAudience({
  public: isPublic,
  audience,
}: Pick<AnnouncementFields, 'public' | 'audience'>): AnnouncementRefusal | null {
  return isPublic && audience.length > 0 ? announcementRefusal('public-to-some', { audience }) : null;
}

/** Whether people can be told of it as it stands: planned work needs a window that has not begun. */
export function faultBeforeTelling(fields: AnnouncementFields, now: number): AnnouncementRefusal | null {
  const { kind, beginsAt, endsAt } = fields;
  if (isPlanned(kind)) {
    if (beginsAt === null) return announcementRefusal('missing-field', { field: 'begin' });
    if (endsAt === null) return announcementRefusal('missing-field', { field: 'end' });
    if (beginsAt <= now) return announcementRefusal('time-not-ahead', { until: beginsAt });
  }
  if (endsAt !== null && endsAt <= now) return announcementRefusal('time-not-ahead', { until: endsAt });
  return faultOfWindow(fields);
}

/** Fields that say something else than what stands. */
export function differing(
  state: Announcement,
  fields: Partial<AnnouncementFields>,
): Partial<AnnouncementFields> {
  return Object.fromEntries(
    Object.entries(fields).filter(
      ([field, value]) =>
        JSON.stringify(value) !==
        JSON.stringify(state[field as keyof AnnouncementFields] ?? (field === 'items' ? [] : null)),
    ),
  );
}

/** A field that is past changing in this state: all when it is over, the begin once it has begun, the kind once told. */
export function fixedField(
  state: Announcement,
  fields: Partial<AnnouncementFields>,
): { readonly field: string | null } | null {
  if (isOverAnnouncement(state)) return { field: null };
  if (fields.kind !== undefined && state.state !== 'draft') return { field: 'kind' };
  if (fields.beginsAt !== undefined && isRunning(state)) return { field: 'begin' };
  return null;
}

function unfitText(field: string, text: string): Checked<never> {
  return text.trim() === ''
    ? refuse(announcementRefusal('missing-field', { field }))
    : unfit(field, text.length);
}

function unfit(field: string, value: unknown): Checked<never> {
  return refuse(announcementRefusal('invalid-value', { field, value }));
}

function isInstant(at: number): boolean {
  return Number.isSafeInteger(at) && at >= 0;
}
