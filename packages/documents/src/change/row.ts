import {
  APPROVAL_STAGES,
  CHANGE_RESULTS,
  CHANGE_STATES,
  RISK_LEVELS,
  TASK_KINDS,
  TASK_STATES,
  VALUE_FATES,
} from '@muster/domain/change';
import type {
  Approval,
  ApprovalRule,
  ApprovalState,
  CausedIncident,
  Change,
  ChangeReview,
  ChangeTask,
  Grade,
  ItemId,
  PlanDigests,
  PlannedValue,
  Requirement,
  Risk,
  RiskAnswers,
  RiskEngine,
  RiskFinding,
  RiskInput,
  ValueOutcome,
  Voter,
  WaivedConflict,
} from '@muster/domain/change';
import { REVIEW_STATES } from '@muster/domain/shared';
import type { PersonId, RecordId, RefusalContent, TeamId } from '@muster/domain/shared';
import type * as Y from 'yjs';
import {
  digit,
  flag,
  flat,
  id,
  list,
  oneOf,
  optional,
  partial,
  recordOrHidden,
  since,
  text,
  unlike,
  whole,
  words,
} from '../codec.ts';
import type { Codec, Columns, Plain } from '../codec.ts';
import { KINDS } from '../kinds.ts';
import { sift, versioned } from '../nonconforming.ts';
import type { Nonconforming } from '../nonconforming.ts';

const person = id<PersonId>();
const record = id<RecordId>();
const grade = digit<Grade>([1, 2, 3, 4, 5]);
const level = oneOf(RISK_LEVELS);

/** The order is layout: both grow at their end. */
const ENGINES = ['conditions', 'questionnaire', 'matrix', 'history'] as const satisfies readonly RiskEngine[];
const APPROVAL_STATES = [
  'requested',
  'approved',
  'rejected',
  'abstained',
  'delegated',
  'expired',
  'void',
] as const satisfies readonly ApprovalState[];

/** By question; no answers are as good as none given. */
const answers: Codec<RiskAnswers> = {
  shape: words.shape,
  encode: (value, base) => words.encode(value, base),
  decode: (plain, base) => (plain === null ? {} : (words.decode(plain, base) as RiskAnswers)),
};

const plans: Codec<PlanDigests> = partial<Required<PlanDigests>>({
  implementation: text,
  backout: text,
  test: text,
  communication: text,
});

const risk = flat<Risk>({
  level,
  by: oneOf(ENGINES),
  settingsVersion: whole,
  findings: list(unlike<RiskFinding>()),
});

const requirement = flat<Requirement>({
  policy: id<string>(),
  policyVersion: whole,
  name: text,
  stage: oneOf(APPROVAL_STAGES),
  rule: unlike<ApprovalRule>(),
  ownMayVote: flag,
  voters: list(flat<Voter>({ person, weight: whole })),
  delegates: nullOr(list(person)),
});

const approval = flat<Approval>({
  person,
  revision: whole,
  state: oneOf(APPROVAL_STATES),
  askedAt: since,
  dueAt: optional(since),
  instead: optional(person),
  decidedAt: optional(since),
  content: optional(text),
  note: optional(text),
});

const task = flat<ChangeTask>({
  id: id<string>(),
  title: text,
  kind: oneOf(TASK_KINDS),
  state: oneOf(TASK_STATES),
  backout: text,
  owner: optional(person),
  team: optional(id<TeamId>()),
  after: list(id<string>()),
  plannedMinutes: optional(whole),
  startedAt: optional(since),
  endedAt: optional(since),
  actualMinutes: optional(whole),
  reason: optional(text),
});

/** Every column of a change but its id. What most of them lack stands last. */
const CHANGE_COLUMNS: Columns<Omit<Change, 'id'>> = {
  madeAt: whole,
  number: optional(text),
  version: whole,
  model: text,
  state: oneOf(CHANGE_STATES),
  title: text,
  madeBy: person,
  updatedAt: since,
  revision: whole,
  outage: flag,
  items: list(id<ItemId>()),
  begins: optional(since),
  ends: optional(since),
  team: optional(id<TeamId>()),
  owner: optional(person),
  plans,
  riskInput: optional(flat<RiskInput>({ likelihood: grade, impact: grade, answers })),
  risk: optional(risk),
  requirements: list(requirement),
  approvals: list(approval),
  tasks: list(task),
  template: optional(flat<NonNullable<Change['template']>>({ id: record, version: whole })),
  held: optional(flat<NonNullable<Change['held']>>({ by: person, at: since, reason: text })),
  waived: list(flat<WaivedConflict>({ key: text, by: person, at: since, reason: text })),
  startedAt: optional(since),
  endedAt: optional(since),
  result: optional(oneOf(CHANGE_RESULTS)),
  closedAt: optional(since),
  review: optional(flat<ChangeReview>({ state: oneOf(REVIEW_STATES), since, reason: optional(text) })),
  caused: list(flat<CausedIncident>({ incident: recordOrHidden, priority: whole })),
  announcements: list(record),
  values: list(unlike<PlannedValue>()),
  valueOutcomes: list(
    flat<ValueOutcome>({ key: text, fate: oneOf(VALUE_FATES), why: optional(unlike<RefusalContent>()) }),
  ),
};

/** 2: `announcements`, 3: `values` and `valueOutcomes`, at the end. */
export const changeRow = versioned(3, flat(CHANGE_COLUMNS, 'madeAt'), 1);

export function encodeChange(change: Change): Plain {
  return changeRow.encode(change);
}

/** The change of a row. Another version or shape gives `Nonconforming` with the column and the reason. */
export function decodeChange(key: string, value: unknown): Change | Nonconforming {
  const columns = changeRow.decode(key, value);
  return 'nonconforming' in columns ? columns : Object.assign(columns, { id: key as RecordId });
}

/** Stamps a new board of changes with its layout version. */
export function seedChangeBoard(doc: Y.Doc): void {
  doc.getMap('meta').set('layout', KINDS['change-board'].layout);
}

/** The server alone writes, with the client id of the board's epoch. */
export function writeChange(doc: Y.Doc, change: Change): void {
  doc.getMap('rows').set(change.id, encodeChange(change));
}

/** Writes a change where its row says otherwise. */
export function rewriteChange(doc: Y.Doc, change: Change): void {
  const row: unknown = doc.getMap('rows').get(change.id);
  if (JSON.stringify(row) !== JSON.stringify(encodeChange(change))) writeChange(doc, change);
}

export function removeChange(doc: Y.Doc, id: RecordId): void {
  doc.getMap('rows').delete(id);
}

/** All changes of a board, in no order. Rows of another version or shape are set aside. */
export function readChanges(doc: Y.Doc): {
  readonly changes: readonly Change[];
  readonly nonconforming: readonly Nonconforming[];
} {
  const rows = doc.getMap('rows');
  const { conforming, nonconforming } = sift(
    Array.from(rows.keys(), (key) => decodeChange(key, rows.get(key))),
  );
  return { changes: conforming, nonconforming };
}

/** Null and the empty list say different things. */
function nullOr<Value>(codec: Codec<readonly Value[]>): Codec<readonly Value[] | null> {
  return {
    shape: `${codec.shape} or null`,
    encode: (value, base) => (value === null ? null : (codec.encode(value, base) ?? [])),
    decode: (plain, base) => (plain === null ? null : codec.decode(plain, base)),
  };
}
