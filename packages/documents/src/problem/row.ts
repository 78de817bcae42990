/** Problems on `board/problem@n`: each whole, as its history folds to it, in one row. */
import {
  ORIGIN_KINDS,
  PROBLEM_STATES,
  RESOLUTION_CODES,
  TASK_KINDS,
  TASK_STATES,
} from '@muster/domain/problem';
import type {
  AcceptedRisk,
  Factor,
  Origin,
  Problem,
  ProblemResolution,
  ProblemTask,
  ToldWorkaround,
} from '@muster/domain/problem';
import type { ItemId, Level, PersonId, Priority, RecordId, ServiceId, TeamId } from '@muster/domain/shared';
import type * as Y from 'yjs';
import {
  digit,
  fallback,
  flag,
  flat,
  id,
  known,
  list,
  oneOf,
  optional,
  recordOrHidden,
  since,
  text,
  whole,
} from '../codec.ts';
import type { Columns, Plain } from '../codec.ts';
import { KINDS } from '../kinds.ts';
import { sift, versioned } from '../nonconforming.ts';
import type { Nonconforming } from '../nonconforming.ts';

const person = id<PersonId>();
const record = id<RecordId>();
const incidents = list(recordOrHidden);
const level = digit<Level>([1, 2, 3]);

const task = flat<ProblemTask>({
  id: id<string>(),
  title: text,
  kind: oneOf(TASK_KINDS),
  state: oneOf(TASK_STATES),
  assignee: optional(person),
  endedAt: optional(since),
  cause: optional(text),
  fix: optional(text),
});

/** Every column of a problem but its id. What most of them lack stands last. Instants count from when it was made. */
const COLUMNS: Columns<Omit<Problem, 'id'>> = {
  madeAt: whole,
  number: optional(text),
  version: whole,
  state: oneOf(PROBLEM_STATES),
  title: text,
  madeBy: person,
  updatedAt: since,
  activeAt: since,
  impact: level,
  urgency: level,
  priority: digit<Priority>([1, 2, 3, 4, 5]),
  matrixVersion: whole,
  origin: flat<Origin>({
    kind: oneOf(ORIGIN_KINDS),
    incident: optional(recordOrHidden),
    evidence: fallback(text, ''),
  }),
  service: optional(id<ServiceId>()),
  team: optional(id<TeamId>()),
  owner: optional(person),
  items: list(id<ItemId>()),
  incidents,
  changes: list(record),
  workaround: fallback(text, ''),
  fix: fallback(text, ''),
  factors: list(
    flat<Factor>({ id: id<string>(), text, by: person, at: since, task: optional(id<string>()) }),
  ),
  cause: optional(id<string>()),
  contested: list(id<string>()),
  tasks: list(task),
  knownError: fallback(flag, false),
  major: fallback(flag, false),
  told: optional(flat<ToldWorkaround>({ text, by: person, at: since, incidents, callers: known(incidents) })),
  remindedAt: optional(since),
  resolvedAt: optional(since),
  resolution: optional(
    flat<ProblemResolution>({ code: oneOf(RESOLUTION_CODES), notes: text, by: person, at: since }),
  ),
  risk: optional(flat<AcceptedRisk>({ approver: person, reason: text, reviewAt: since, at: since })),
  duplicateOf: optional(record),
  duplicates: list(record),
  endedAt: optional(since),
};

export const problemRow = versioned(2, flat(COLUMNS, 'madeAt'));

export function encodeProblem(problem: Problem): Plain {
  return problemRow.encode(problem);
}

/** The problem of a row. Another version or shape gives `Nonconforming` with the column and the reason. */
export function decodeProblem(key: string, value: unknown): Problem | Nonconforming {
  const columns = problemRow.decode(key, value);
  return 'nonconforming' in columns ? columns : Object.assign(columns, { id: key as RecordId });
}

/** Stamps a new board of problems with its layout version. */
export function seedProblemBoard(doc: Y.Doc): void {
  doc.getMap('meta').set('layout', KINDS['problem-board'].layout);
}

/** The server alone writes, with the client id of the board's epoch. */
export function writeProblem(doc: Y.Doc, problem: Problem): void {
  doc.getMap('rows').set(problem.id, encodeProblem(problem));
}

/** Writes a problem where its row says otherwise. */
export function rewriteProblem(doc: Y.Doc, problem: Problem): void {
  const row: unknown = doc.getMap('rows').get(problem.id);
  if (JSON.stringify(row) !== JSON.stringify(encodeProblem(problem))) writeProblem(doc, problem);
}

export function removeProblem(doc: Y.Doc, problem: RecordId): void {
  doc.getMap('rows').delete(problem);
}

/** All problems of a board, in no order. Rows of another version or shape are set aside. */
export function readProblems(doc: Y.Doc): {
  readonly problems: readonly Problem[];
  readonly nonconforming: readonly Nonconforming[];
} {
  const rows = doc.getMap('rows');
  const { conforming, nonconforming } = sift(
    Array.from(rows.keys(), (key) => decodeProblem(key, rows.get(key))),
  );
  return { problems: conforming, nonconforming };
}
