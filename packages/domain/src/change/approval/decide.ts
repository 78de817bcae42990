/** Voting: once for each approver and revision, on what the voter read and nothing else. */
import { SYSTEM, permissionsOf } from '../../shared/index.ts';
import type { PersonId } from '../../shared/index.ts';
import { MAX_NOTE } from '../../shared/ticket/text.ts';
import type { ActOf } from '../acts.ts';
import { lastUnseen, no, yes } from '../case.ts';
import type { ChangeAnswer, ChangeCase } from '../case.ts';
import { contentOf, differing, hashOf } from '../content.ts';
import type { ContentDigests } from '../content.ts';
import { rulesOf } from '../model/model.ts';
import { VOTES, isDecided } from './approval.ts';
import type { Approval } from './approval.ts';
import { askEvent, expiredBy } from './ask.ts';

export function decideVote(kase: ChangeCase, { vote, read, note = '' }: ActOf<'vote'>): ChangeAnswer {
  const { change, context } = kase;
  const person = context.actor.id;
  if (!VOTES.includes(vote)) return no('invalid-value', { field: 'vote', value: vote });
  const words = note.trim();
  if (words.length > MAX_NOTE) return no('invalid-value', { field: 'note', value: words.length });
  if (vote === 'rejected' && words === '') return no('missing-field', { field: 'note' });
  const found = askedOf(kase, person);
  if (!found.ok) return found;
  const { revision } = change;
  const moved = movedSince(kase, read);
  if (moved !== null) return moved;
  const content = hashOf(contentOf(change));
  return yes([{ type: 'voted', person, vote, content, revision, note: words === '' ? null : words }]);
}

export function decideDelegate(kase: ChangeCase, { to }: ActOf<'delegate'>): ChangeAnswer {
  const { change, context } = kase;
  const person = context.actor.id;
  const found = askedOf(kase, person);
  if (!found.ok) return found;
  // A vote goes to another pair of eyes, and only once.
  const isAsked = change.approvals.some(
    ({ person: asked, state }) => asked === to && state !== 'void' && state !== 'expired',
  );
  const mayTake = change.requirements
    .filter(({ voters }) => voters.some((voter) => voter.person === person))
    .every(({ delegates }) => delegates === null || delegates.includes(to));
  const known = context.directory.people.get(to);
  const mayVote = known?.active === true && permissionsOf(known.roles).has('change.approve');
  const isFit = mayVote && to !== person && !isOwn(kase, to);
  if (found.approval.instead !== null || isAsked || !mayTake || !isFit)
    return no('delegate-not-fit', { person: to });
  return yes([{ type: 'delegated', person, to, revision: change.revision }]);
}

export function decideAsk({ change, model, context }: ChangeCase): ChangeAnswer {
  const { asks } = rulesOf(model, change.state);
  const event = asks.length === 0 ? null : askEvent(change, context, asks);
  return event === null ? no('nothing-to-change', { field: 'approvals' }) : yes([event]);
}

export function decideExpire({ change, context }: ChangeCase): ChangeAnswer {
  if (context.actor.id !== SYSTEM) return no('not-permitted', { permission: 'system' });
  const people = expiredBy(change, context.now);
  if (people.length === 0) return no('nothing-to-change', { field: 'approvals' });
  return yes([{ type: 'approvals-expired', people, revision: change.revision }]);
}

/** The open question to a person, or why there is none. */
function askedOf(
  kase: ChangeCase,
  person: PersonId,
): { readonly ok: true; readonly approval: Approval } | Extract<ChangeAnswer, { ok: false }> {
  const { change, model, context } = kase;
  const approval = change.approvals.find((each) => each.person === person && each.state !== 'void');
  if (rulesOf(model, change.state).asks.length === 0)
    return (
      wasMoved(kase) ??
      (approval === undefined ? no('not-asked', { person }) : no('vote-late', { state: change.state }))
    );
  if (approval === undefined)
    return wasMoved(kase) ?? no(hasNoSay(kase, person) ? 'own-change' : 'not-asked', { person });
  if (isDecided(approval.state))
    return no('already-voted', { vote: approval.state, at: approval.decidedAt ?? 0 });
  if (approval.state === 'delegated') {
    const to = change.approvals.find((each) => each.instead === person)?.person ?? person;
    return no('vote-delegated', { to });
  }
  if (approval.state === 'expired' || (approval.dueAt !== null && approval.dueAt <= context.now))
    return no('approval-expired', { dueAt: approval.dueAt ?? context.now });
  if (hasNoSay(kase, person, approval.instead ?? person)) return no('own-change', { person });
  return { ok: true, approval };
}

/** It was rejected, reverted or went on before the vote came. */
function wasMoved(kase: ChangeCase): Extract<ChangeAnswer, { ok: false }> | null {
  const moved = lastUnseen(kase, 'moved');
  if (moved === undefined) return null;
  return no('change-moved', { state: kase.change.state, by: moved.actor, at: moved.at });
}

/** What was read must stand: otherwise the vote is void before it is cast, and the voter is shown what moved. */
function movedSince(kase: ChangeCase, read: ContentDigests): ChangeAnswer | null {
  const { change } = kase;
  const differs = differing(read, contentOf(change));
  if (differs.length === 0) return null;
  const last =
    lastUnseen(kase, 'approvals-voided') ?? lastUnseen(kase, 'edited') ?? lastUnseen(kase, 'plans-noted');
  const facts = { differs, revision: change.revision };
  return no('content-moved', last === undefined ? facts : { ...facts, by: last.actor, at: last.at });
}

/** Whoever made or owns a change, where all policies that name the voter bar them. */
function hasNoSay(kase: ChangeCase, person: PersonId, voter = person): boolean {
  const naming = kase.change.requirements.filter(({ voters }) =>
    voters.some((each) => each.person === voter),
  );
  return naming.length > 0 && isOwn(kase, person) && naming.every(({ ownMayVote }) => !ownMayVote);
}

function isOwn({ change }: ChangeCase, person: PersonId): boolean {
  return person === change.owner || person === change.madeBy;
}
