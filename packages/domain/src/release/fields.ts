/** Whether the fields of a release are fit, and which of them are past changing. */
import { ok, refuse } from '../shared/index.ts';
import type { Directory, Instant, Result } from '../shared/index.ts';
import { MAX_LABEL, MAX_TITLE, cleanText } from '../shared/ticket/text.ts';
import { isPlanOpen } from './lifecycle.ts';
import { canTakePart } from './party.ts';
import { releaseRefusal } from './refusals.ts';
import type { ReleaseRefusal } from './refusals.ts';
import { PACES, RELEASE_KINDS, isOverRelease } from './release.ts';
import type { Release, ReleaseFields } from './release.ts';

const MAX_SERVICES = 200;
/** A month and a half: longer is no watch any more. */
const MAX_HYPERCARE_HOURS = 1_000;

export type Checked<Value> = Result<Value, ReleaseRefusal>;

/** Fields as they are kept: trimmed, each service once. */
export function cleanFields<Fields extends Partial<ReleaseFields>>(
  fields: Fields,
  directory: Pick<Directory, 'people' | 'services'>,
): Checked<Fields> {
  const { title, label, kind, pace, owner, services, hypercareHours } = fields;
  const cleaned: Partial<ReleaseFields> = { ...fields };
  if (title !== undefined) {
    const text = cleanText(title, MAX_TITLE);
    if (text === null)
      return title.trim() === ''
        ? refuse(releaseRefusal('missing-field', { field: 'title' }))
        : unfit('title', title.length);
    Object.assign(cleaned, { title: text });
  }
  if (label !== undefined) {
    if (label.trim().length > MAX_LABEL) return unfit('label', label.length);
    Object.assign(cleaned, { label: label.trim() });
  }
  if (kind !== undefined && !RELEASE_KINDS.includes(kind)) return unfit('kind', kind);
  if (pace !== undefined && !PACES.includes(pace)) return unfit('pace', pace);
  if (hypercareHours !== undefined && !isWithin(hypercareHours, MAX_HYPERCARE_HOURS))
    return unfit('hypercareHours', hypercareHours);
  for (const field of ['beginsAt', 'endsAt', 'rollbackTestedAt'] as const) {
    const at = fields[field];
    if (at !== undefined && at !== null && !isInstant(at)) return unfit(field, at);
  }
  if (owner !== undefined && owner !== null && !canTakePart(directory, owner))
    return refuse(releaseRefusal('unknown-person', { person: owner }));
  if (services !== undefined) {
    const named = [...new Set(services)];
    if (named.length > MAX_SERVICES) return unfit('services', named.length);
    const unknown = named.find((service) => !directory.services.has(service));
    if (unknown !== undefined) return refuse(releaseRefusal('unknown-service', { service: unknown }));
    Object.assign(cleaned, { services: named });
  }
  return ok(cleaned as Fields);
}

/** Whether a window makes sense; null when it does. */
export function faultOfWindow({
  beginsAt,
  endsAt,
}: {
  readonly beginsAt: Instant | null;
  readonly endsAt: Instant | null;
}): ReleaseRefusal | null {
  return beginsAt !== null && endsAt !== null && endsAt <= beginsAt
    ? releaseRefusal('end-before-begin', { beginsAt, endsAt })
    : null;
}

/** Of what is deployed these may still be put right. */
const ALWAYS: ReadonlySet<string> = new Set<keyof ReleaseFields>([
  'title',
  'label',
  'owner',
  'endsAt',
  'hypercareHours',
]);

/** A field that is past changing in this state. */
export function fixedField(
  release: Release,
  fields: Partial<ReleaseFields>,
): { readonly field: string | null } | null {
  if (isOverRelease(release)) return { field: null };
  if (isPlanOpen(release.state)) return null;
  const field = Object.keys(fields).find((each) => !ALWAYS.has(each));
  return field === undefined ? null : { field };
}

/** The entries of `fields` that say something else than what stands. */
export function differing<Fields extends object>(state: Fields, fields: Partial<Fields>): Partial<Fields> {
  return Object.fromEntries(
    Object.entries(fields).filter(
      ([field, value]) => JSON.stringify(value) !== JSON.stringify(state[field as keyof Fields]),
    ),
  ) as Partial<Fields>;
}

/** What stands where `fields` says something. */
export function standing<Fields extends object>(state: Fields, fields: Partial<Fields>): Partial<Fields> {
  return Object.fromEntries(
    Object.keys(fields).map((field) => [field, state[field as keyof Fields]]),
  ) as Partial<Fields>;
}

export function isInstant(at: number): boolean {
  return Number.isSafeInteger(at) && at >= 0;
}

export function isWithin(count: number, most: number): boolean {
  return Number.isFinite(count) && count >= 0 && count <= most;
}

function unfit(field: string, value: unknown): Checked<never> {
  return refuse(releaseRefusal('invalid-value', { field, value }));
}
