/** What a release is made of: changes by the hundred, units and packages. */
import type { RecordId } from '../shared/index.ts';
import { MAX_LABEL, cleanText } from '../shared/ticket/text.ts';
import type { ActOf } from './acts.ts';
import { alreadyDone, firstOf, lastUnseen, no, yes } from './case.ts';
import type { ReleaseAnswer, ReleaseCase } from './case.ts';
import { isPlanOpen } from './lifecycle.ts';
import type { Release, ReleaseUnit } from './release.ts';

export const MAX_MEMBERS = 2_000;
export const MAX_UNITS = 200;
const MAX_ID = 64;

/** Adds those that are not members yet: two who add at once have added both. */
export function decideAddChanges(kase: ReleaseCase, { changes }: ActOf<'add-changes'>): ReleaseAnswer {
  const fixed = refuseFixed(kase, 'changes');
  if (fixed !== null) return fixed;
  const { release, context } = kase;
  const members = new Set(release.members);
  const added = [...new Set(changes)].filter((change) => !members.has(change));
  const unknown = added.find((change) => !context.facts.changes.has(change));
  if (unknown !== undefined) return no('unknown-change', { change: unknown });
  if (members.size + added.length > MAX_MEMBERS)
    return no('invalid-value', { field: 'changes', value: members.size + added.length });
  if (added.length > 0) return yes([{ type: 'changes-added', changes: added }]);
  const same = lastUnseen(kase, 'changes-added', (event) => overlap(event.changes, changes));
  return same === undefined ? no('nothing-to-change', { field: 'changes' }) : alreadyDone(same);
}

export function decideRemoveChanges(kase: ReleaseCase, { changes }: ActOf<'remove-changes'>): ReleaseAnswer {
  const fixed = refuseFixed(kase, 'changes');
  if (fixed !== null) return fixed;
  const asked = new Set(changes);
  const removed = kase.release.members.filter((member) => asked.has(member));
  if (removed.length > 0) return yes([{ type: 'changes-removed', changes: removed }]);
  const same = lastUnseen(kase, 'changes-removed', (event) => overlap(event.changes, changes));
  return same === undefined ? no('nothing-to-change', { field: 'changes' }) : alreadyDone(same);
}

export function decideSetUnit(kase: ReleaseCase, { unit }: ActOf<'set-unit'>): ReleaseAnswer {
  const fixed = refuseFixed(kase, 'units');
  if (fixed !== null) return fixed;
  const { units } = kase.release;
  const name = cleanText(unit.name, MAX_LABEL);
  if (name === null) return no('missing-field', { field: 'name' });
  const version = unit.version.trim();
  if (version.length > MAX_LABEL) return no('invalid-value', { field: 'version', value: version.length });
  if (!isId(unit.id)) return no('invalid-value', { field: 'unit', value: unit.id });
  const parts = [...new Set(unit.parts)];
  const unfitPart = parts.find((part) => !units.some(({ id, kind }) => id === part && kind === 'unit'));
  if (unfitPart !== undefined || (unit.kind === 'unit' && parts.length > 0))
    return no('invalid-value', { field: 'parts', value: unfitPart ?? parts });
  const before = units.find(({ id }) => id === unit.id);
  const inUse = unit.kind === 'package' && packagesOf(units, unit.id).length > 0;
  if (inUse) return no('invalid-value', { field: 'kind', value: unit.kind });
  if (before === undefined && units.length >= MAX_UNITS)
    return no('invalid-value', { field: 'units', value: MAX_UNITS });
  const after: ReleaseUnit = { id: unit.id, kind: unit.kind, name, version, parts };
  if (JSON.stringify(before) === JSON.stringify(after)) return no('nothing-to-change', { field: 'units' });
  return yes([{ type: 'unit-set', unit: after }]);
}

/** What a package is made of is taken out of it first. */
export function decideRemoveUnit(kase: ReleaseCase, { unit }: ActOf<'remove-unit'>): ReleaseAnswer {
  const fixed = refuseFixed(kase, 'units');
  if (fixed !== null) return fixed;
  const { units } = kase.release;
  if (units.every(({ id }) => id !== unit)) {
    const same = lastUnseen(kase, 'unit-removed', (event) => event.unit === unit);
    return same === undefined ? no('nothing-to-change', { field: 'units' }) : alreadyDone(same);
  }
  const used = packagesOf(units, unit);
  if (used.length > 0) return no('invalid-value', { field: 'unit', value: used });
  return yes([{ type: 'unit-removed', unit }]);
}

/** Refuses to change what is released once it is being deployed. */
function refuseFixed(kase: ReleaseCase, field: string): ReleaseAnswer | null {
  const { state } = kase.release;
  if (isPlanOpen(state)) return null;
  return no('release-fixed', { state, field, ...firstOf(lastUnseen(kase, 'transitioned')) });
}

export function withChanges({ members }: Release, added: readonly RecordId[]): readonly RecordId[] {
  return [...new Set([...members, ...added])];
}

export function withUnit({ units }: Release, unit: ReleaseUnit): readonly ReleaseUnit[] {
  const known = units.some(({ id }) => id === unit.id);
  return known ? units.map((each) => (each.id === unit.id ? unit : each)) : [...units, unit];
}

export function isId(id: string): boolean {
  return id !== '' && id.length <= MAX_ID;
}

function packagesOf(units: readonly ReleaseUnit[], unit: string): readonly string[] {
  return units.filter(({ parts }) => parts.includes(unit)).map(({ id }) => id);
}

function overlap(some: readonly RecordId[], others: readonly RecordId[]): boolean {
  const known = new Set(others);
  return some.some((each) => known.has(each));
}
