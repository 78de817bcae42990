/** The phases that a release is planned with, and whether a plan is fit. */
import { ok, refuse } from '../../shared/index.ts';
import type { Directory } from '../../shared/index.ts';
import { MAX_LABEL, cleanText } from '../../shared/ticket/text.ts';
import { faultOfWindow, isInstant } from '../fields.ts';
import type { Checked } from '../fields.ts';
import type { GatePlan } from '../gate/gate.ts';
import { cleanGate } from '../gate/plan.ts';
import { isId } from '../members.ts';
import { releaseRefusal } from '../refusals.ts';
import { STAGES } from './phase.ts';
import type { PhasePlan, Stage } from './phase.ts';

const MAX_PHASES = 30;
const MAX_GATES = 30;

/** What a release begins with: one phase a stage, and the gates that hardly anybody does without. */
export const DEFAULT_PHASES: readonly PhasePlan[] = [
  phase('planning', 'Planning', [
    { id: 'planning-windows', name: 'Changes planned in the window', rule: { kind: 'windows-fit' } },
  ]),
  phase('building', 'Building', []),
  phase('testing', 'Testing', [
    check('testing-tests', 'Tests pass', 'tests', 'at-least', 100),
    check('testing-critical', 'No critical vulnerability', 'critical-vulnerabilities', 'at-most', 0),
  ]),
  phase('deploying', 'Deployment', []),
  phase('hypercare', 'Hypercare', [
    { id: 'hypercare-closed', name: 'Changes closed', rule: { kind: 'changes-closed' } },
  ]),
];

function phase(stage: Stage, name: string, gates: readonly GatePlan[]): PhasePlan {
  return { id: stage, name, stage, beginsAt: null, endsAt: null, gates };
}

function check(
  id: string,
  name: string,
  what: string,
  bound: 'at-least' | 'at-most',
  threshold: number,
): GatePlan {
  return { id, name, rule: { kind: 'check', check: what, bound, threshold } };
}

/** Phases as they are kept: ids once, stages in their order, windows that end after they begin. */
export function cleanPhases(
  phases: readonly PhasePlan[],
  directory: Pick<Directory, 'people'>,
): Checked<readonly PhasePlan[]> {
  const unfit = (field: string, value: unknown) => refuse(releaseRefusal('invalid-value', { field, value }));
  if (phases.length > MAX_PHASES) return unfit('phases', phases.length);
  const ids = new Set<string>();
  const gateIds = new Set<string>();
  const cleaned: PhasePlan[] = [];
  let reached = 0;
  for (const { id, name, stage, beginsAt, endsAt, gates } of phases) {
    if (!isId(id) || ids.has(id)) return unfit('phase', id);
    ids.add(id);
    const title = cleanText(name, MAX_LABEL);
    if (title === null) return refuse(releaseRefusal('missing-field', { field: 'name' }));
    if (STAGES.indexOf(stage) < reached) return unfit('stage', stage);
    reached = STAGES.indexOf(stage);
    for (const at of [beginsAt, endsAt]) if (at !== null && !isInstant(at)) return unfit('phase', at);
    const fault = faultOfWindow({ beginsAt, endsAt });
    if (fault !== null) return refuse(fault);
    if (gates.length > MAX_GATES) return unfit('gates', gates.length);
    const kept: GatePlan[] = [];
    for (const gate of gates) {
      const checked = cleanGate(gate, directory);
      if (!checked.ok) return checked;
      if (gateIds.has(gate.id)) return unfit('gate', gate.id);
      gateIds.add(gate.id);
      kept.push(checked.value);
    }
    cleaned.push({ id, name: title, stage, beginsAt, endsAt, gates: kept });
  }
  return ok(cleaned);
}
