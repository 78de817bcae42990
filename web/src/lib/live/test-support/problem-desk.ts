/** Problems, and what is known of errors, as a device holds them: by the real rules, and nothing is sent. */
import { seedHelpBoard, writeKnowledgeRow } from '@muster/documents/knowledge';
import { seedProblemBoard, writeProblem } from '@muster/documents/problem';
import { evolveKnowledge, problem as decider } from '@muster/domain/problem';
import type {
  KnowledgeEvent,
  KnowledgeFields,
  KnownError,
  Problem,
  ProblemEvent,
  ProblemFields,
} from '@muster/domain/problem';
import { personId } from '@muster/domain/shared';
import type { ItemId, RecordId, Role } from '@muster/domain/shared';
import * as Y from 'yjs';
import { KnownErrors } from '../knowledge/known-errors.ts';
import { Analysis } from '../problem/analysis.ts';
import { Problems } from '../problem/problems.ts';
import { NOBODY, NOW, ana } from './a-change.ts';
import { heldHere } from './held-here.ts';
import { KeptActs } from './kept-acts.ts';

const PROBLEM: ProblemFields = {
  ...{ title: 'The tunnel drops', service: null, items: [], team: null, owner: null },
  ...{ impact: 2, urgency: 2, major: false, workaround: 'Connect again', fix: '' },
};

const KNOWN: KnowledgeFields = {
  ...{ title: 'VPN tunnel drops every hour', symptom: 'The tunnel closes after sixty minutes' },
  ...{ workaround: 'Connect again', cause: '', errorCode: '', items: [], service: null, category: null },
  ...{ words: [], problem: null, audience: 'staff', validUntil: null, owner: null, reviewers: [] },
};

/** One that was just opened; its number ends as its id does. */
export function aProblem(
  id: RecordId,
  incidents: readonly (RecordId | null)[] = [],
  fields: Partial<ProblemFields> = {},
): Problem {
  const event: ProblemEvent = {
    ...{ type: 'problem-opened', number: `PRB-2026-0000${id.slice(-1)}`, incidents },
    fields: { ...PROBLEM, ...fields },
    ...{ priority: 3, matrixVersion: 1, origin: { kind: 'found', incident: null, evidence: '' } },
  };
  const recorded = { ...{ seq: 1, version: 1, event, at: NOW, clientAt: NOW }, actor: personId('bo') };
  return decider.evolve(null, recorded, id);
}

export function aKnownError(id: RecordId, fields: Partial<KnowledgeFields>, isPublished = true): KnownError {
  const whole = { ...KNOWN, ...fields };
  const { owner, reviewers, ...content } = whole;
  void [owner, reviewers];
  const events: KnowledgeEvent[] = [
    { type: 'created', kind: 'known-error', fields: whole },
    ...(isPublished
      ? [{ type: 'published', number: 1, content, body: [], excerpt: '', text: null } as const]
      : []),
  ];
  return events.reduce<KnownError | null>((state, event, index) => {
    const at = NOW + index;
    return evolveKnowledge(
      state,
      { seq: index, version: index + 1, event, actor: personId('bo'), at, clientAt: at },
      id,
    );
  }, null)!;
}

const here = (acts: KeptActs, role: Role) => ({
  ...{ outbox: acts, actor: ana(role), directory: () => NOBODY, knowsOrganisation: () => true },
  ...{ now: () => NOW, deviceNow: () => NOW, isLive: () => true },
  shelf: { open: () => heldHere(new Y.Doc()), retryForbidden: () => undefined },
});

export function problemsHere(
  role: Role,
  there: readonly Problem[],
  isOpen: (incident: RecordId) => boolean = () => true,
) {
  const [board, acts] = [new Y.Doc(), new KeptActs()];
  seedProblemBoard(board);
  for (const it of there) writeProblem(board, it);
  const problems = new Problems({ ...here(acts, role), mayReadIncident: () => true, isOpen });
  problems.follow(heldHere(board));
  return { problems, acts, board };
}

export function knownErrorsHere(
  role: Role,
  there: readonly KnownError[],
  mayReadTicket: (ticket: RecordId) => boolean = () => true,
  stayingOf: (item: ItemId) => ItemId = (item) => item,
) {
  const [board, help, acts] = [new Y.Doc(), new Y.Doc(), new KeptActs()];
  for (const it of there) writeKnowledgeRow(board, it);
  seedHelpBoard(help);
  const shown = new KnownErrors({
    ...here(acts, role),
    ...{ mayReadTicket, isItem: () => true, isProblem: () => true, stayingOf },
  });
  shown.follow(role === 'requester' ? undefined : heldHere(board), heldHere(help));
  return { shown, acts, board, help };
}

/** The drawings of one problem on two devices, each with a document of its own; what is written goes over in `meet`. */
export function analysesHere() {
  const docs = [new Y.Doc(), new Y.Doc()] as const;
  const [mine, others] = docs.map(
    (doc, at) =>
      new Analysis('01P00000000000000000000001' as RecordId, {
        shelf: { open: () => heldHere(doc) },
        ...{ me: personId(at === 0 ? 'ana' : 'bo'), now: () => NOW },
      }),
  ) as [Analysis, Analysis];
  const meet = () => {
    for (const [from, to] of [docs, docs.toReversed() as [Y.Doc, Y.Doc]])
      Y.applyUpdate(to, Y.encodeStateAsUpdate(from, Y.encodeStateVector(to)));
  };
  return { mine, others, meet };
}
