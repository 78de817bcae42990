import type { RecordId } from '../shared/index.ts';
import type { ChecklistAct, ChecklistEvent } from './checklist/step.ts';
import type { GateAct, GateEvent } from './gate/gate.ts';
import type { PhaseAct, PhaseEvent } from './phase/phase.ts';
import type { ReleaseFields, ReleaseState, ReleaseUnit } from './release.ts';
import type { RollCallAct, RollCallEvent } from './roll-call/roll-call.ts';

/** What is asked for, as the command `release.<verb>` carries it. */
export type ReleaseAct =
  | { readonly verb: 'create'; readonly fields: ReleaseFields }
  | { readonly verb: 'edit'; readonly fields: Partial<ReleaseFields> }
  | { readonly verb: 'add-changes'; readonly changes: readonly RecordId[] }
  | { readonly verb: 'remove-changes'; readonly changes: readonly RecordId[] }
  /** Adds it, or replaces the one of its id. */
  | { readonly verb: 'set-unit'; readonly unit: ReleaseUnit }
  | { readonly verb: 'remove-unit'; readonly unit: string }
  | { readonly verb: 'transition'; readonly to: ReleaseState; readonly reason?: string | undefined }
  /** The system alone: an incident touched what was released while it is watched. */
  | { readonly verb: 'note-alarm'; readonly incident: RecordId }
  | PhaseAct
  | GateAct
  | ChecklistAct
  | RollCallAct;

export type ReleaseVerb = ReleaseAct['verb'];
export type ActOf<Verb extends ReleaseVerb> = Extract<ReleaseAct, { readonly verb: Verb }>;

export type ReleaseEvent =
  | { readonly type: 'created'; readonly fields: ReleaseFields; readonly number: string | null }
  | {
      readonly type: 'edited';
      readonly fields: Partial<ReleaseFields>;
      readonly before: Partial<ReleaseFields>;
    }
  | { readonly type: 'changes-added'; readonly changes: readonly RecordId[] }
  | { readonly type: 'changes-removed'; readonly changes: readonly RecordId[] }
  | { readonly type: 'unit-set'; readonly unit: ReleaseUnit }
  | { readonly type: 'unit-removed'; readonly unit: string }
  | {
      readonly type: 'transitioned';
      readonly from: ReleaseState;
      readonly to: ReleaseState;
      readonly reason: string | null;
    }
  | { readonly type: 'alarm-noted'; readonly incident: RecordId; readonly items: readonly string[] }
  | PhaseEvent
  | GateEvent
  | ChecklistEvent
  | RollCallEvent;

export type ReleaseEventType = ReleaseEvent['type'];
export type EventOf<Type extends ReleaseEventType> = Extract<ReleaseEvent, { readonly type: Type }>;
