/** The four models of A8: CHG NORM, STD, EMG and UNAUT. */
import type { ApprovalStage } from '../approval/approval.ts';
import type { ChangeModel, ChangeNeed, ChangeState, ChangeStep, ContentKind, StateRules } from './model.ts';

const ALL_CONTENT: readonly ContentKind[] = ['items', 'window', 'outage', 'risk', 'plans'];
/** What is touched is settled while a change is new (A4). */
const BUT_ITEMS: readonly ContentKind[] = ['window', 'outage', 'risk', 'plans'];

function rules(given: Partial<StateRules>): StateRules {
  return { edits: [], works: [], asks: [], holdsPlace: false, whenContentMoves: null, ...given };
}

function forward(
  from: ChangeState,
  to: ChangeState,
  needs: readonly ChangeNeed[],
  approvals: { readonly stages?: readonly ApprovalStage[]; readonly mustAsk?: boolean } = {},
): ChangeStep {
  return {
    from,
    to,
    way: 'forward',
    needs,
    stages: approvals.stages ?? [],
    mustAsk: approvals.mustAsk ?? false,
  };
}

function back(to: ChangeState, ...from: readonly ChangeState[]): readonly ChangeStep[] {
  return from.map((each) => ({ from: each, to, way: 'back', needs: [], stages: [], mustAsk: false }));
}

/** Any state before review is left by cancelling. */
function cancel(...from: readonly ChangeState[]): readonly ChangeStep[] {
  return from.map((each) => ({
    from: each,
    to: 'cancelled',
    way: 'cancel',
    needs: [],
    stages: [],
    mustAsk: false,
  }));
}

const CARRYING_OUT: readonly ChangeStep[] = [
  forward('scheduled', 'implement', ['window', 'now-in-window', 'no-freeze']),
  forward('implement', 'review', ['tasks']),
  forward('review', 'closed', ['tasks', 'result', 'review']),
];

const IMPLEMENT = rules({
  works: ['planning', 'implementation', 'testing', 'backout'],
  holdsPlace: true,
});
const REVIEW = rules({ works: ['review', 'testing', 'backout'] });

export const NORMAL: ChangeModel = {
  id: 'normal',
  version: 1,
  name: 'Normal',
  initial: 'new',
  states: {
    new: rules({ edits: ALL_CONTENT, works: ['planning'] }),
    assess: rules({ edits: BUT_ITEMS, works: ['planning'], asks: ['technical'] }),
    authorize: rules({ edits: BUT_ITEMS, works: ['planning'], asks: ['technical', 'board'] }),
    scheduled: rules({
      edits: BUT_ITEMS,
      works: ['planning'],
      holdsPlace: true,
      whenContentMoves: 'authorize',
    }),
    implement: IMPLEMENT,
    review: REVIEW,
  },
  steps: [
    forward('new', 'assess', ['plans', 'items', 'window']),
    forward('assess', 'authorize', ['risk', 'plans', 'approvals'], { stages: ['technical'] }),
    forward('authorize', 'scheduled', ['risk', 'plans', 'window', 'approvals', 'conflicts'], {
      stages: ['technical', 'board'],
      mustAsk: true,
    }),
    ...CARRYING_OUT,
    ...back('new', 'assess', 'authorize'),
    ...back('authorize', 'scheduled'),
    ...cancel('new', 'assess', 'authorize', 'scheduled', 'implement'),
  ],
  whenRejected: 'new',
  byTemplate: false,
  reviews: false,
};

export const STANDARD: ChangeModel = {
  id: 'standard',
  version: 1,
  name: 'Standard',
  initial: 'new',
  states: {
    new: rules({ edits: ['items', 'window'], works: ['planning'] }),
    scheduled: rules({ edits: ['window'], works: ['planning'], holdsPlace: true }),
    implement: IMPLEMENT,
    review: REVIEW,
  },
  steps: [
    forward('new', 'scheduled', ['template', 'items', 'window']),
    ...CARRYING_OUT,
    ...cancel('new', 'scheduled', 'implement'),
  ],
  whenRejected: 'new',
  byTemplate: true,
  reviews: false,
};

export const EMERGENCY: ChangeModel = {
  id: 'emergency',
  version: 1,
  name: 'Emergency',
  initial: 'new',
  states: {
    new: rules({ edits: ALL_CONTENT, works: ['planning'] }),
    authorize: rules({ edits: BUT_ITEMS, works: ['planning'], asks: ['board'] }),
    scheduled: rules({
      edits: BUT_ITEMS,
      works: ['planning'],
      holdsPlace: true,
      whenContentMoves: 'authorize',
    }),
    implement: IMPLEMENT,
    review: REVIEW,
  },
  steps: [
    forward('new', 'authorize', ['items', 'window']),
    forward('authorize', 'scheduled', ['window', 'approvals'], { stages: ['board'], mustAsk: true }),
    ...CARRYING_OUT,
    ...back('new', 'authorize'),
    ...back('authorize', 'scheduled'),
    ...cancel('new', 'authorize', 'scheduled', 'implement'),
  ],
  whenRejected: 'new',
  byTemplate: false,
  reviews: true,
};

/** It is there already: what remains is to say who stands for it and what is learned. */
export const UNAUTHORISED: ChangeModel = {
  id: 'unauthorised',
  version: 1,
  name: 'Unauthorised',
  initial: 'detected',
  states: {
    detected: rules({ edits: ALL_CONTENT, works: ['planning'] }),
    authorize: rules({ edits: ['plans', 'risk'], works: ['planning', 'backout'], asks: ['board'] }),
    review: REVIEW,
  },
  steps: [
    forward('detected', 'authorize', ['items']),
    forward('authorize', 'review', ['approvals', 'tasks'], { stages: ['board'], mustAsk: true }),
    forward('review', 'closed', ['tasks', 'result', 'review']),
    ...back('detected', 'authorize'),
    ...cancel('detected', 'authorize'),
  ],
  whenRejected: 'detected',
  byTemplate: false,
  reviews: true,
};

export const CHANGE_MODELS: ReadonlyMap<string, ChangeModel> = new Map(
  [NORMAL, STANDARD, EMERGENCY, UNAUTHORISED].map((model) => [model.id, model]),
);
