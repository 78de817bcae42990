/** Whether steps of a checklist are fit to be added or changed. */
import { ok, refuse } from '../../shared/index.ts';
import type { Result } from '../../shared/index.ts';
import { MAX_NOTE, MAX_TITLE, cleanText } from '../../shared/ticket/text.ts';
import type { ReleaseCase } from '../case.ts';
import { isWithin } from '../fields.ts';
import { canTakePart } from '../party.ts';
import { releaseRefusal } from '../refusals.ts';
import type { ReleaseRefusal } from '../refusals.ts';
import type { StepFields } from './step.ts';

export const MAX_STEPS = 1_000;
/** A week. */
const MAX_MINUTES = 7 * 24 * 60;
const MAX_AFTER = 50;

/** Fields as they are kept. That `after` names steps there are, without a circle, is for whoever knows them all. */
export function cleanStep<Fields extends Partial<StepFields>>(
  fields: Fields,
  { release, context }: ReleaseCase,
): Result<Fields, ReleaseRefusal> {
  const { title, phase, owner, change, minutes, after, rollback } = fields;
  const unfit = (field: string, value: unknown) => refuse(releaseRefusal('invalid-value', { field, value }));
  const cleaned: Partial<StepFields> = { ...fields };
  if (title !== undefined) {
    const text = cleanText(title, MAX_TITLE);
    if (text === null)
      return title.trim() === ''
        ? refuse(releaseRefusal('missing-field', { field: 'title' }))
        : unfit('title', title.length);
    Object.assign(cleaned, { title: text });
  }
  if (phase !== undefined) {
    const section = release.phases.find(({ id }) => id === phase);
    if (section === undefined) return refuse(releaseRefusal('no-such-phase', { phase }));
    if (section.state === 'completed')
      return refuse(releaseRefusal('phase-not-running', { phase, state: section.state }));
  }
  if (owner !== undefined && owner !== null && !canTakePart(context.directory, owner))
    return refuse(releaseRefusal('unknown-person', { person: owner }));
  if (change !== undefined && change !== null && !release.members.includes(change))
    return refuse(releaseRefusal('unknown-change', { change }));
  if (minutes !== undefined && !isWithin(minutes, MAX_MINUTES)) return unfit('minutes', minutes);
  if (rollback !== undefined) {
    if (rollback.trim().length > MAX_NOTE) return unfit('rollback', rollback.length);
    Object.assign(cleaned, { rollback: rollback.trim() });
  }
  if (after !== undefined) {
    const named = [...new Set(after)];
    if (named.length > MAX_AFTER) return unfit('after', named.length);
    Object.assign(cleaned, { after: named });
  }
  return ok(cleaned as Fields);
}
