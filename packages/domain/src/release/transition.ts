/** How a release goes from state to state (A8), and what each step asks for. */
import { MAX_NOTE, cleanText } from '../shared/ticket/text.ts';
import type { ActOf } from './acts.ts';
import { alreadyDone, lastUnseen, no, yes } from './case.ts';
import type { ReleaseAnswer, ReleaseCase } from './case.ts';
import { pointOfNoReturn, rollbackOrder } from './cutover/rollback.ts';
import { NEEDS_REASON, RELEASE_TRANSITIONS, stageOf } from './lifecycle.ts';
import { readinessOf } from './readiness/readiness.ts';
import type { ReleaseState } from './release.ts';
import { tallyOf } from './roll-call/roll-call.ts';

/** Of two who take the same step the second is superseded; whoever takes another one is told who was first. */
export function decideTransition(kase: ReleaseCase, { to, reason }: ActOf<'transition'>): ReleaseAnswer {
  const { state: from } = kase.release;
  const moved = lastUnseen(kase, 'transitioned');
  if (moved !== undefined) {
    if (from === to && moved.event.to === to) return alreadyDone(moved);
    return no('release-moved', { state: from, by: moved.actor, at: moved.at });
  }
  const allowed = RELEASE_TRANSITIONS[from];
  if (!allowed.includes(to)) {
    const back = lastUnseen(kase, 'phase-restarted');
    return back === undefined
      ? no('no-such-transition', { from, to, allowed })
      : no('release-moved', { state: from, by: back.actor, at: back.at });
  }
  const words = cleanText(reason, MAX_NOTE);
  if (words === null && NEEDS_REASON.has(to)) return no('missing-field', { field: 'reason' });
  if (words === null && (reason ?? '').trim() !== '')
    return no('invalid-value', { field: 'reason', value: reason?.length });
  return refuseStep(kase, to) ?? yes([{ type: 'transitioned', from, to, reason: words }]);
}

function refuseStep(kase: ReleaseCase, to: ReleaseState): ReleaseAnswer | null {
  switch (to) {
    case 'building':
    case 'testing':
    case 'hypercare':
      return refuseOpenPhases(kase);
    case 'ready':
      return refuseOpenPhases(kase) ?? refuseUnready(kase);
    case 'go':
    case 'deploying':
      return refuseWithoutGo(kase);
    case 'review':
      return kase.release.state === 'hypercare' ? refuseOpenPhases(kase) : null;
    case 'rolling_back':
      return refusePastReturn(kase);
    case 'rolled_back': {
      const left = rollbackOrder(kase.release).map(({ id }) => id);
      return left.length === 0 ? null : no('rollback-open', { steps: left });
    }
    case 'draft':
    case 'planning':
    case 'no_go':
    case 'completed':
    case 'cancelled':
      return null;
  }
}

/** Every phase of the present state is completed: with its gates met, as that is how phases are. */
function refuseOpenPhases({ release }: ReleaseCase): ReleaseAnswer | null {
  const stage = stageOf(release.state);
  const open = release.phases.filter((phase) => phase.stage === stage && phase.state !== 'completed');
  return open.length === 0 ? null : no('phases-open', { phases: open.map(({ id }) => id) });
}

function refuseUnready({ release, context }: ReleaseCase): ReleaseAnswer | null {
  const { isReady, openPhases, unmetGates } = readinessOf(release, context.facts);
  return isReady ? null : no('not-ready', { phases: openPhases, gates: unmetGates });
}

/** A quorum says go to what stands now. A go that was given before something moved is void. */
function refuseWithoutGo(kase: ReleaseCase): ReleaseAnswer | null {
  const { rollCall, state } = kase.release;
  if (rollCall === null) return no('no-roll-call', { state });
  const unready = refuseUnready(kase);
  if (unready !== null) return unready;
  const tally = tallyOf(rollCall, readinessOf(kase.release, kase.context.facts).hash);
  if (tally.verdict === 'go') return null;
  return no('no-go', { go: tally.go, quorum: rollCall.quorum, void: tally.void.length });
}

function refusePastReturn({ release }: ReleaseCase): ReleaseAnswer | null {
  const step = pointOfNoReturn(release);
  if (step?.tick == null) return null;
  return no('past-no-return', { step: step.id, by: step.tick.person, at: step.tick.at });
}
