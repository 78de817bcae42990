/** The roll call: who is asked, and what each lead says to the readiness that they read. */
import { MAX_NOTE } from '../../shared/ticket/text.ts';
import type { ActOf } from '../acts.ts';
import { alreadyDone, doneAt, lastUnseen, no, yes } from '../case.ts';
import type { ReleaseAnswer, ReleaseCase } from '../case.ts';
import { canTakePart } from '../party.ts';
import { readinessOf } from '../readiness/readiness.ts';
import type { ReleaseState } from '../release.ts';
import { GO_ANSWERS } from './roll-call.ts';

const MAX_LEADS = 50;

/** As long as it is not decided, and after a go that may have become void. */
const ANSWERING: ReadonlySet<ReleaseState> = new Set(['ready', 'go']);

/** Asking anew forgets what was answered. */
export function decideOpenRollCall(kase: ReleaseCase, act: ActOf<'open-roll-call'>): ReleaseAnswer {
  const { release, context } = kase;
  if (release.state !== 'ready') return no('no-roll-call', { state: release.state });
  const same = lastUnseen(kase, 'roll-call-opened');
  if (same !== undefined) return alreadyDone(same);
  const { isReady, openPhases, unmetGates } = readinessOf(release, context.facts);
  if (!isReady) return no('not-ready', { phases: openPhases, gates: unmetGates });
  const leads = [...new Set(act.leads)];
  if (leads.length === 0) return no('missing-field', { field: 'leads' });
  if (leads.length > MAX_LEADS) return no('invalid-value', { field: 'leads', value: leads.length });
  const unknown = leads.find((lead) => !canTakePart(context.directory, lead));
  if (unknown !== undefined) return no('unknown-person', { person: unknown });
  const { quorum } = act;
  if (!Number.isSafeInteger(quorum) || quorum < 1 || quorum > leads.length)
    return no('invalid-value', { field: 'quorum', value: quorum });
  return yes([{ type: 'roll-call-opened', leads, quorum }]);
}

/** One answer of each lead to each readiness: whoever answered what has moved since is asked again. */
export function decideAnswer(kase: ReleaseCase, act: ActOf<'answer'>): ReleaseAnswer {
  const { release, context } = kase;
  const { rollCall, state } = release;
  if (rollCall === null || !ANSWERING.has(state)) return no('no-roll-call', { state });
  const { id } = context.actor;
  if (!rollCall.leads.includes(id)) return no('not-asked', { person: id });
  const { answer, readiness: given } = act;
  if (!GO_ANSWERS.includes(answer)) return no('invalid-value', { field: 'answer', value: answer });
  const note = act.note?.trim() ?? '';
  if (note.length > MAX_NOTE) return no('invalid-value', { field: 'note', value: note.length });
  const present = readinessOf(release, context.facts).hash;
  if (given !== present) return no('readiness-moved', { given, present });
  const before = rollCall.answers.find((each) => each.person === id && each.readiness === present);
  if (before !== undefined) return no('already-answered', { answer: before.answer, at: before.at });
  return yes([{ type: 'answered', answer, note, readiness: present, at: doneAt(kase, rollCall.openedAt) }]);
}
