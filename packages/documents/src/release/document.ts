/**
 * A release whole, in `release/<id>`: its small parts in the root `release`, and an entry for each step and phase. The
 * server alone writes; a tick costs its step and the version.
 */
import type { Phase, Release, Step } from '@muster/domain/release';
import type { RecordId } from '@muster/domain/shared';
import type * as Y from 'yjs';
import type { Plain } from '../codec.ts';
import { isNonconforming, sift } from '../nonconforming.ts';
import type { Nonconforming } from '../nonconforming.ts';
import { alarmsPart, headPart, membersPart, orderPart, pulsePart, rollCallPart, unitsPart } from './parts.ts';
import { phaseEntry } from './phase.ts';
import { stepEntry } from './step.ts';

/**
 * Makes the document say what stands. `before` is what it says now, where that is known: steps and phases that are the
 * same objects are not looked at.
 */
export function writeRelease(doc: Y.Doc, release: Release, before: Release | null = null): void {
  const parts = doc.getMap('release');
  set(parts, 'head', headPart.encode(release));
  set(parts, 'pulse', pulsePart.encode(release));
  const { members, units, rollCall, alarms, steps, phases } = release;
  if (members !== before?.members) set(parts, 'members', membersPart.encode(release));
  if (units !== before?.units) set(parts, 'units', unitsPart.encode(release));
  if (rollCall !== before?.rollCall) set(parts, 'rollCall', rollCallPart.encode(release));
  if (alarms !== before?.alarms) set(parts, 'alarms', alarmsPart.encode(release));
  if (steps === before?.steps && phases === before.phases) return;
  set(parts, 'order', orderPart.encode({ steps: steps.map(idOf), phases: phases.map(idOf) }));
  setEach(doc.getMap('steps'), steps, before?.steps, stepEntry.encode);
  setEach(doc.getMap('phases'), phases, before?.phases, phaseEntry.encode);
}

/** What was read before: entries whose stored value is the same object are not decoded again, and stay the same objects. */
export type ReleaseMemo = Map<string, { readonly stored: unknown; readonly entry: unknown }>;

/** The release of a document; null as long as it has not arrived. Steps and phases that do not conform are left out. */
export function readRelease(
  doc: Y.Doc,
  id: RecordId,
  memo: ReleaseMemo = new Map(),
): { readonly release: Release | null; readonly nonconforming: readonly Nonconforming[] } {
  const parts = doc.getMap('release');
  if (parts.size === 0) return { release: null, nonconforming: [] };
  const odd: Nonconforming[] = [];
  const read = <Value extends object>(
    key: string,
    codec: { readonly decode: (path: string, plain: unknown) => Value | Nonconforming },
  ): Value | null => {
    const stored = parts.get(key);
    const decoded = remembered(memo, `release.${key}`, stored, (path) => codec.decode(path, stored));
    if (!isNonconforming(decoded)) return decoded;
    odd.push(decoded);
    return null;
  };
  const head = read('head', headPart);
  const pulse = read('pulse', pulsePart);
  const order = read('order', orderPart);
  const members = read('members', membersPart);
  const units = read('units', unitsPart);
  const rollCall = read('rollCall', rollCallPart);
  const alarms = read('alarms', alarmsPart);
  const [stepMap, phaseMap] = [doc.getMap('steps'), doc.getMap('phases')];
  const steps = sift(
    (order?.steps ?? []).map((step) =>
      remembered(memo, `steps.${step}`, stepMap.get(step), () => readStep(doc, step)),
    ),
  );
  const phases = sift(
    (order?.phases ?? []).map((phase) =>
      remembered(memo, `phases.${phase}`, phaseMap.get(phase), () => readPhase(doc, phase)),
    ),
  );
  const nonconforming = [...odd, ...steps.nonconforming, ...phases.nonconforming];
  if (head === null || pulse === null || order === null || members === null)
    return { release: null, nonconforming };
  if (units === null || rollCall === null || alarms === null) return { release: null, nonconforming };
  const release: Release = {
    ...{ id, ...head, ...pulse, ...members, ...units, ...rollCall, ...alarms },
    steps: steps.conforming,
    phases: phases.conforming,
  };
  return { release, nonconforming };
}

function remembered<Entry>(
  memo: ReleaseMemo,
  path: string,
  stored: unknown,
  decode: (path: string) => Entry,
): Entry {
  const known = memo.get(path);
  if (known !== undefined && known.stored === stored) return known.entry as Entry;
  const entry = decode(path);
  memo.set(path, { stored, entry });
  return entry;
}

/** One step of the checklist; one that is not there does not conform. */
export function readStep(doc: Y.Doc, id: string): Step | Nonconforming {
  const decoded = stepEntry.decode(`steps.${id}`, doc.getMap('steps').get(id));
  return isNonconforming(decoded) ? decoded : { id, ...decoded };
}

export function readPhase(doc: Y.Doc, id: string): Phase | Nonconforming {
  const decoded = phaseEntry.decode(`phases.${id}`, doc.getMap('phases').get(id));
  return isNonconforming(decoded) ? decoded : { id, ...decoded };
}

/** The ids of the steps in the order of the checklist. */
export function readStepIds(doc: Y.Doc): readonly string[] {
  const decoded = orderPart.decode('release.order', doc.getMap('release').get('order'));
  return isNonconforming(decoded) ? [] : decoded.steps;
}

function setEach<Entry extends { readonly id: string }>(
  map: Y.Map<unknown>,
  entries: readonly Entry[],
  before: readonly Entry[] | undefined,
  encode: (entry: Entry) => Plain,
): void {
  const stood = new Map(before?.map((entry) => [entry.id, entry]));
  const stands = new Set(entries.map(idOf));
  for (const key of [...map.keys()]) if (!stands.has(key)) map.delete(key);
  for (const entry of entries) if (stood.get(entry.id) !== entry) set(map, entry.id, encode(entry));
}

function set(map: Y.Map<unknown>, key: string, stored: Plain): void {
  if (JSON.stringify(map.get(key)) !== JSON.stringify(stored)) map.set(key, stored);
}

function idOf({ id }: { readonly id: string }): string {
  return id;
}
