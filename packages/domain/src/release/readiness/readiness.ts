/**
 * Whether a release is ready, and exactly what is decided on when somebody says go: what it carries, when and how it
 * is carried out, and how its gates stand. Its hash changes with any of that, and with nothing else.
 */
import { contentHash } from '../../shared/index.ts';
import type { RecordId } from '../../shared/index.ts';
import type { ReleaseFacts, Window } from '../facts.ts';
import type { GateResult } from '../gate/gate.ts';
import { isMet, standingOfGate } from '../gate/standing.ts';
import { STAGES_BEFORE } from '../lifecycle.ts';
import type { PhaseState } from '../phase/phase.ts';
import type { Release, ReleaseFields, ReleaseUnit } from '../release.ts';

type Decided = Pick<
  ReleaseFields,
  'kind' | 'title' | 'label' | 'services' | 'beginsAt' | 'endsAt' | 'hypercareHours' | 'rollbackTestedAt'
>;

/** The content that a lead reads. */
export interface ReadinessContent {
  readonly plan: Decided;
  readonly units: readonly ReleaseUnit[];
  readonly members: readonly {
    readonly id: RecordId;
    /** `unknown` when it may not be read. */
    readonly state: string;
    readonly window: Window | null;
  }[];
  readonly phases: readonly { readonly id: string; readonly state: PhaseState; readonly round: number }[];
  readonly gates: readonly ReadinessGate[];
  readonly steps: readonly (readonly unknown[])[];
}

interface ReadinessGate {
  readonly id: string;
  readonly phase: string;
  readonly result: GateResult;
  readonly failing: readonly string[];
  readonly value: number | null;
  /** Why it is excepted; null when it is not. */
  readonly reason: string | null;
}

export interface Readiness {
  readonly isReady: boolean;
  /** Phases before deployment that are not completed. */
  readonly openPhases: readonly string[];
  /** Of those phases. */
  readonly unmetGates: readonly string[];
  readonly content: ReadinessContent;
  readonly hash: string;
}

/** The phases and gates before deployment count; those that come afterwards cannot be met yet. */
export function readinessOf(release: Release, facts: Pick<ReleaseFacts, 'changes'>): Readiness {
  const content = contentOf(release, facts);
  const before = release.phases.filter(({ stage }) => STAGES_BEFORE.has(stage));
  const openPhases = before.filter(({ state }) => state !== 'completed').map(({ id }) => id);
  const unmetGates = content.gates.filter((gate) => !isMet(gate)).map(({ id }) => id);
  return {
    isReady: openPhases.length === 0 && unmetGates.length === 0,
    openPhases,
    unmetGates,
    content,
    hash: contentHash(inOrder(content)),
  };
}

function contentOf(release: Release, facts: Pick<ReleaseFacts, 'changes'>): ReadinessContent {
  const { kind, title, label, services, beginsAt, endsAt, hypercareHours, rollbackTestedAt } = release;
  const before = release.phases.filter(({ stage }) => STAGES_BEFORE.has(stage));
  return {
    plan: { kind, title, label, services, beginsAt, endsAt, hypercareHours, rollbackTestedAt },
    units: release.units,
    members: release.members.toSorted().map((id) => {
      const change = facts.changes.get(id);
      return { id, state: change?.state ?? 'unknown', window: change?.window ?? null };
    }),
    phases: before.map(({ id, state, round }) => ({ id, state, round })),
    gates: before.flatMap(({ id: phase, gates }) =>
      gates.map((gate) => {
        const standing = standingOfGate(gate, release, facts);
        const reason = standing.result === 'exception' ? (gate.exception?.reason ?? null) : null;
        return { id: gate.id, phase, ...standing, reason };
      }),
    ),
    steps: release.steps.map(({ id, title: words, phase, owner, minutes, after, rollback, noReturn }) => [
      id,
      words,
      phase,
      owner,
      minutes,
      after,
      rollback,
      noReturn,
    ]),
  };
}

/** The content as lists, so that how an object came about does not show in its hash. */
function inOrder({ plan, units, members, phases, gates, steps }: ReadinessContent): unknown {
  const { kind, title, label, services, beginsAt, endsAt, hypercareHours, rollbackTestedAt } = plan;
  return [
    [kind, title, label, services, beginsAt, endsAt, hypercareHours, rollbackTestedAt],
    units.map(({ id, kind: sort, name, version, parts }) => [id, sort, name, version, parts]),
    members.map(({ id, state, window }) => [id, state, window?.beginsAt ?? null, window?.endsAt ?? null]),
    phases.map(({ id, state, round }) => [id, state, round]),
    gates.map(({ id, phase, result, failing, value, reason }) => [id, phase, result, failing, value, reason]),
    steps,
  ];
}

/** What moved between the readiness that an answer was given on and the present one, part by part. */
export interface ReadinessDifference {
  readonly plan: readonly string[];
  readonly units: readonly string[];
  readonly membersAdded: readonly RecordId[];
  readonly membersRemoved: readonly RecordId[];
  readonly membersMoved: readonly RecordId[];
  readonly phases: readonly string[];
  readonly gates: readonly string[];
  /** Ids of steps that are new, gone or other. */
  readonly steps: readonly string[];
}

export function differenceOf(given: ReadinessContent, present: ReadinessContent): ReadinessDifference {
  const fields = Object.keys(present.plan) as (keyof Decided)[];
  const members = changed(given.members, present.members, ({ id }) => id);
  const had = new Set(given.members.map(({ id }) => id));
  const has = new Set(present.members.map(({ id }) => id));
  return {
    plan: fields.filter((field) => !isSame(given.plan[field], present.plan[field])),
    units: changed(given.units, present.units, ({ id }) => id),
    membersAdded: members.filter((id) => !had.has(id)),
    membersRemoved: members.filter((id) => !has.has(id)),
    membersMoved: members.filter((id) => had.has(id) && has.has(id)),
    phases: changed(given.phases, present.phases, ({ id }) => id),
    gates: changed(given.gates, present.gates, ({ id }) => id),
    steps: changed(given.steps, present.steps, ([id]) => String(id)),
  };
}

function changed<Item, Id extends string>(
  before: readonly Item[],
  after: readonly Item[],
  idOf: (item: Item) => Id,
): readonly Id[] {
  const old = new Map(before.map((item) => [idOf(item), item]));
  const fresh = new Map(after.map((item) => [idOf(item), item]));
  return [...new Set([...old.keys(), ...fresh.keys()])].filter((id) => !isSame(old.get(id), fresh.get(id)));
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
