/** Changes in journeys: made and acted on over HTTP, by people who have no browser there. */
import { contentOf } from '@muster/domain/change';
import type {
  ApprovalPolicy,
  BoardAct,
  Change,
  ChangeAct,
  MeetingAct,
  RiskInput,
  TemplateAct,
  Vote,
} from '@muster/domain/change';
import type { CommandOutcome, RecordId } from '@muster/domain/shared';
import { freshId } from './desk.ts';
import type { KnowledgeAct } from '@muster/domain/problem';
import type { Desk } from './desk.ts';

export const HOUR = 3_600_000;

/** Answers that make a change of low risk. */
export const CALM: RiskInput = {
  answers: { tested: 'yes', backout: 'rehearsed', experience: 'often', reach: 'team' },
  likelihood: 1,
  impact: 2,
};

export async function makeService(desk: Desk, name: string): Promise<string> {
  const admin = await desk.session('admin@desk.test');
  const service = { name, team: null, criticality: 2 };
  return (await admin.call<{ id: string }>('POST', '/api/services', service)).id;
}

/** Sets a policy as an administrator; `basis` is 1 in place of a default, 0 for a new one. */
export async function setPolicy(
  desk: Desk,
  id: string,
  basis: number,
  given: Pick<ApprovalPolicy, 'name' | 'stage' | 'rule' | 'when'>,
  approvers: readonly string[],
): Promise<void> {
  const admin = await desk.session('admin@desk.test');
  const people = approvers.map((email) => ({ kind: 'person', person: desk.account(email).id, weight: 1 }));
  const rule = { ...given, approvers: people, delegates: null, withinMs: null, ownMayVote: false };
  await admin.call('PUT', `/api/change/policies/${id}`, { basis, rule });
}

export async function readChange(desk: Desk, id: RecordId): Promise<Change> {
  const admin = await desk.session('admin@desk.test');
  return (await admin.call<{ change: Change }>('GET', `/api/changes/${id}`)).change;
}

/** Acts on a change as somebody; throws unless it is applied. */
export async function actOnChange(
  desk: Desk,
  email: string,
  target: RecordId,
  act: ChangeAct,
): Promise<void> {
  const { verb, ...args } = act;
  const basis = verb === 'create' ? 0 : (await readChange(desk, target)).version;
  await send(desk, email, `change.${verb}`, target, args, basis);
}

export async function voteOn(desk: Desk, email: string, target: RecordId, vote: Vote): Promise<void> {
  const read = contentOf(await readChange(desk, target));
  await actOnChange(desk, email, target, { verb: 'vote', vote, read });
}

export async function actOnTemplate(
  desk: Desk,
  email: string,
  target: RecordId,
  { verb, ...args }: TemplateAct,
  basis: number,
): Promise<void> {
  await send(desk, email, `change-template.${verb}`, target, args, basis);
}

/** Acts on a change board as somebody; throws unless it is applied. */
export async function actOnBoard(
  desk: Desk,
  email: string,
  target: RecordId,
  { verb, ...args }: BoardAct,
): Promise<void> {
  await send(desk, email, `change-board.${verb}`, target, args, 0);
}

/** Acts on a known error or an article as somebody; throws unless it is applied. */
export async function actOnKnowledge(
  desk: Desk,
  email: string,
  target: RecordId,
  { verb, ...args }: KnowledgeAct,
  basis: number,
): Promise<void> {
  await send(desk, email, `known-error.${verb}`, target, args, basis);
}

export async function actOnMeeting(
  desk: Desk,
  email: string,
  target: RecordId,
  { verb, ...args }: MeetingAct,
): Promise<void> {
  await send(desk, email, `change-meeting.${verb}`, target, args, 0);
}

async function send(
  desk: Desk,
  email: string,
  type: string,
  target: RecordId,
  args: unknown,
  basis: number,
): Promise<void> {
  const session = await desk.session(email);
  const [outcome] = await session.call<CommandOutcome[]>('POST', '/api/commands', [
    { id: freshId(), type, target, args, basis, clientAt: Date.now() },
  ]);
  if (outcome?.outcome !== 'applied') throw new Error(`${type} as ${email}: ${JSON.stringify(outcome)}`);
}
