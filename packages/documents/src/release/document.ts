/**
 * A release whole, in `release/<id>`: its small parts in the root `release`, and an entry for each step and phase. The
 * server alone writes; a tick costs its step and the version.
 */
import type { Phase, Release, Step } from '@muster/domain/release';
import type { RecordId } from '@muster/domain/shared';
import type * as Y from 'yjs';
import { PartReader, remembered, setEach, setEntry } from '../entries.ts';
import type { EntryMemo } from '../entries.ts';
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
  setEntry(parts, 'head', headPart.encode(release));
  setEntry(parts, 'pulse', pulsePart.encode(release));
  const { members, units, rollCall, alarms, steps, phases } = release;
  if (members !== before?.members) setEntry(parts, 'members', membersPart.encode(release));
  if (units !== before?.units) setEntry(parts, 'units', unitsPart.encode(release));
  if (rollCall !== before?.rollCall) setEntry(parts, 'rollCall', rollCallPart.encode(release));
  if (alarms !== before?.alarms) setEntry(parts, 'alarms', alarmsPart.encode(release));
  if (steps === before?.steps && phases === before.phases) return;
  setEntry(parts, 'order', orderPart.encode({ steps: steps.map(idOf), phases: phases.map(idOf) }));
  setEach(doc.getMap('steps'), steps, before?.steps, { keyOf: idOf, encode: stepEntry.encode });
  setEach(doc.getMap('phases'), phases, before?.phases, { keyOf: idOf, encode: phaseEntry.encode });
}

/** What was read before of a release. */
export type ReleaseMemo = EntryMemo;

/** The release of a document; null as long as it has not arrived. Steps and phases that do not conform are left out. */
export function readRelease(
  doc: Y.Doc,
  id: RecordId,
  memo: ReleaseMemo = new Map(),
): { readonly release: Release | null; readonly nonconforming: readonly Nonconforming[] } {
  const parts = doc.getMap('release');
  if (parts.size === 0) return { release: null, nonconforming: [] };
  const reader = new PartReader('release', parts, memo);
  const head = reader.read('head', headPart);
  const pulse = reader.read('pulse', pulsePart);
  const order = reader.read('order', orderPart);
  const members = reader.read('members', membersPart);
  const units = reader.read('units', unitsPart);
  const rollCall = reader.read('rollCall', rollCallPart);
  const alarms = reader.read('alarms', alarmsPart);
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
  const nonconforming = [...reader.nonconforming, ...steps.nonconforming, ...phases.nonconforming];
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

function idOf({ id }: { readonly id: string }): string {
  return id;
}
