/**
 * What may be done to a known error or an article. The same code decides on the server and predicts in the browser,
 * which knows the text only where it is open, and leaves the rest to the server.
 */
import { SYSTEM, saysSame, unreachable } from '../../shared/index.ts';
import type { Permission, Tell } from '../../shared/index.ts';
import { MAX_NOTE, cleanText } from '../../shared/ticket/text.ts';
import type { KnowledgeAct, KnowledgeActOf, KnowledgeVerb } from './acts.ts';
import {
  alreadyDone,
  can,
  canReadKnowledge,
  firstOf,
  lastUnseen,
  tellOf,
  tellReplaced,
  yes,
} from './facts.ts';
import type { KnowledgeAnswer, KnowledgeCase, KnowledgeContext } from './facts.ts';
import { cleanFields, isMoment } from './fields.ts';
import { contentOf, isForEverybody, isInUse, isOverKnowledge, knowledgeDueAt } from './known-error.ts';
import type { KnowledgeFields, KnownError } from './known-error.ts';
import { decidePublish, decideSendBack, decideSubmit } from './publish.ts';
import { no } from './refusals.ts';

/** `state` is null for what is not made yet. What may not be read answers like what is not there. */
export function decideKnowledge(
  state: KnownError | null,
  act: KnowledgeAct,
  context: KnowledgeContext,
): KnowledgeAnswer {
  const { actor, target } = context;
  const mayRead = canReadKnowledge(actor) || (state !== null && isForEverybody(state));
  if (!mayRead || (state === null && act.verb !== 'create'))
    return no('no-such-known-error', { record: target });
  const permission = PERMISSION_OF[act.verb];
  const isForSystem = act.verb === 'note-due' && actor.id !== SYSTEM;
  if (isForSystem || (permission !== null && !can(actor, permission)))
    return no('knowledge-not-permitted', { permission: permission ?? 'system' });
  if (act.verb === 'create') return decideCreate(state, act, context);
  if (state === null) return no('no-such-known-error', { record: target });
  const unseen = context.since.filter((recorded) => recorded.actor !== actor.id);
  return decideAct({ it: state, context, unseen }, act);
}

/** Whoever may read a version says whether it helped; whoever submitted a draft takes it back. */
const PERMISSION_OF: Readonly<Record<KnowledgeVerb, Permission | null>> = {
  create: 'problem.write-knowledge',
  edit: 'problem.write-knowledge',
  revise: 'problem.write-knowledge',
  discard: 'problem.write-knowledge',
  submit: 'problem.write-knowledge',
  'send-back': 'problem.write-knowledge',
  publish: 'problem.publish-knowledge',
  retire: 'problem.write-knowledge',
  supersede: 'problem.publish-knowledge',
  extend: 'problem.publish-knowledge',
  rate: null,
  link: 'problem.read',
  unlink: 'problem.read',
  'note-due': null,
};

function decideAct(
  kase: KnowledgeCase,
  act: Exclude<KnowledgeAct, KnowledgeActOf<'create'>>,
): KnowledgeAnswer {
  switch (act.verb) {
    case 'edit':
      return decideEdit(kase, act);
    case 'revise':
      return decideRevise(kase);
    case 'discard':
      return decideDiscard(kase, act);
    case 'submit':
      return decideSubmit(kase);
    case 'send-back':
      return decideSendBack(kase, act);
    case 'publish':
      return decidePublish(kase, act);
    case 'retire':
      return decideRetire(kase, act);
    case 'supersede':
      return decideSupersede(kase, act);
    case 'extend':
      return decideExtend(kase, act);
    case 'rate':
      return decideRate(kase, act);
    case 'link':
      return decideLink(kase, act);
    case 'unlink':
      return decideUnlink(kase, act);
    case 'note-due':
      return decideDue(kase);
    default:
      return unreachable(act);
  }
}

function decideCreate(
  state: KnownError | null,
  { kind, fields }: KnowledgeActOf<'create'>,
  context: KnowledgeContext,
): KnowledgeAnswer {
  if (state !== null) return no('knowledge-exists', { record: context.target });
  const cleaned = cleanFields(fields, {}, context);
  return cleaned.ok ? yes([{ type: 'created', kind, fields: cleaned.value }]) : cleaned;
}

/** Of two who change the same field the later stands, and the other is told what was replaced. */
function decideEdit(kase: KnowledgeCase, { fields }: KnowledgeActOf<'edit'>): KnowledgeAnswer {
  const { it, context } = kase;
  const over = refuseOver(kase);
  if (over !== null) return over;
  const cleaned = cleanFields(fields, it, context);
  if (!cleaned.ok) return cleaned;
  const changes = differing(it, cleaned.value);
  const names = Object.keys(changes) as (keyof KnowledgeFields)[];
  if (names.length === 0) return no('knowledge-same', {});
  const before = Object.fromEntries(names.map((field) => [field, it[field]])) as Partial<KnowledgeFields>;
  const told = names.flatMap((field): readonly Tell[] => {
    const other = kase.unseen.findLast(
      ({ event }) => event.type === 'edited' && Object.hasOwn(event.fields, field),
    );
    return other === undefined
      ? []
      : tellReplaced(kase, other.actor, { field, value: before[field] ?? null });
  });
  return yes([{ type: 'edited', fields: changes, before }], told);
}

function decideRevise(kase: KnowledgeCase): KnowledgeAnswer {
  const over = refuseOver(kase);
  if (over !== null) return over;
  if (kase.it.draft === null) return yes([{ type: 'draft-begun' }]);
  const begun = lastUnseen(kase, ['draft-begun']);
  return begun === undefined ? refuseMoved(kase) : alreadyDone(begun);
}

/** Only where something published is left, and nobody altered the draft or wrote in its text unseen (PRB-80). */
function decideDiscard(kase: KnowledgeCase, act: KnowledgeActOf<'discard'>): KnowledgeAnswer {
  const { it, context } = kase;
  if (it.state !== 'published' || it.draft === null) return refuseMoved(kase);
  const altered = lastUnseen(kase, ['edited']);
  if (altered !== undefined) return no('knowledge-altered', { by: altered.actor, at: altered.at });
  const { text } = context.facts;
  // without a digest nobody looked: then nothing may have been written since what is published
  const seen = act.text === undefined ? it.published?.text : act.text;
  return text !== null && text.digest !== (seen ?? null)
    ? no('knowledge-text-moved', {})
    : yes([{ type: 'draft-dropped' }]);
}

/** A draft that came to nothing is retired by whoever writes; what is published, by whoever publishes. */
function decideRetire(kase: KnowledgeCase, { reason }: KnowledgeActOf<'retire'>): KnowledgeAnswer {
  const { it, context } = kase;
  const over = refuseOver(kase, 'retired');
  if (over !== null) return over;
  const permission = 'problem.publish-knowledge';
  if (it.published !== null && !can(context.actor, permission))
    return no('knowledge-not-permitted', { permission });
  const words = cleanText(reason, MAX_NOTE);
  if (words === null) return noReason(reason);
  return yes(
    [{ type: 'retired', reason: words }],
    tellOf(kase, 'over', [it.owner ?? it.madeBy], { reason: words }),
  );
}

/** By another one that is in use: so no circle comes about. */
function decideSupersede(kase: KnowledgeCase, { by }: KnowledgeActOf<'supersede'>): KnowledgeAnswer {
  const { it, context } = kase;
  const over = refuseOver(kase, 'superseded');
  if (over !== null) return over;
  if (!isInUse(it)) return refuseMoved(kase);
  if (by === it.id || context.facts.stateOf(by) !== 'published')
    return no('knowledge-no-replacement', { record: by });
  return yes([{ type: 'superseded', by }], tellOf(kase, 'over', [it.owner ?? it.madeBy], { replacedBy: by }));
}

function decideExtend(kase: KnowledgeCase, { validUntil }: KnowledgeActOf<'extend'>): KnowledgeAnswer {
  const { it, context } = kase;
  if (it.published === null || !isInUse(it)) return refuseMoved(kase);
  if (validUntil !== null && (!isMoment(validUntil) || validUntil <= context.now))
    return no('knowledge-field', { field: 'validUntil', value: validUntil });
  const before = it.published.content.validUntil;
  if (before === validUntil) return no('knowledge-same', {});
  const keepsDraft = it.draft !== null && it.validUntil !== before;
  return yes([{ type: 'extended', validUntil, before, ...(keepsDraft && { keepsDraft }) }]);
}

/** Of the version that is published now: what was said of one before says nothing of it. */
function decideRate(kase: KnowledgeCase, act: KnowledgeActOf<'rate'>): KnowledgeAnswer {
  const { it, context } = kase;
  const { number, helped } = act;
  if (it.published === null || !isInUse(it)) return refuseMoved(kase);
  if (it.published.number !== number)
    return no('knowledge-other-version', { number, present: it.published.number });
  const given = act.comment?.trim() ?? '';
  if (given.length > MAX_NOTE) return no('knowledge-field', { field: 'comment', value: given.length });
  const before = context.facts.ratedBy(number);
  const comment = given === '' ? null : given;
  const isFirstNo = !helped && !context.facts.saidNo(number);
  const told = isFirstNo ? tellOf(kase, 'not-helped', [it.owner ?? it.madeBy], { comment }) : [];
  return yes([{ type: 'rated', number, helped, comment, before }], told);
}

/** Once for each ticket, whoever does it. */
function decideLink(kase: KnowledgeCase, { ticket }: KnowledgeActOf<'link'>): KnowledgeAnswer {
  const { it, context } = kase;
  if (it.published === null || !isInUse(it)) return refuseMoved(kase);
  const found = context.facts.ticket(ticket);
  if (found === undefined) return no('knowledge-unknown-ticket', { ticket });
  if (found.use === null) return yes([{ type: 'linked', ticket }]);
  const { by: person, at } = found.use;
  const by = { person, at, what: 'linked', detail: { ticket } };
  return { ok: true, value: { events: [], tell: [], superseded: { by, reason: 'already-done' } } };
}

function decideUnlink({ context }: KnowledgeCase, { ticket }: KnowledgeActOf<'unlink'>): KnowledgeAnswer {
  const found = context.facts.ticket(ticket);
  if (found === undefined) return no('knowledge-unknown-ticket', { ticket });
  return found.use === null ? no('knowledge-not-linked', { ticket }) : yes([{ type: 'unlinked', ticket }]);
}

/** Told once for each end of validity. */
function decideDue(kase: KnowledgeCase): KnowledgeAnswer {
  const { it, context } = kase;
  const validUntil = knowledgeDueAt(it);
  if (validUntil === null || validUntil > context.now) return no('knowledge-not-due', { validUntil });
  return yes(
    [{ type: 'fell-due', validUntil }],
    tellOf(kase, 'due', [it.owner ?? it.madeBy], { validUntil }),
  );
}

function refuseOver(kase: KnowledgeCase, becomes?: 'retired' | 'superseded'): KnowledgeAnswer | null {
  const { it } = kase;
  if (!isOverKnowledge(it)) return null;
  const ended = lastUnseen(kase, ['retired', 'superseded']);
  return ended !== undefined && ended.event.type === becomes
    ? alreadyDone(ended)
    : no('knowledge-over', { state: it.state, ...firstOf(ended) });
}

function refuseMoved(kase: KnowledgeCase): KnowledgeAnswer {
  const { state, draft } = kase.it;
  const last = lastUnseen(kase, [
    ...(['submitted', 'sent-back', 'published', 'draft-dropped'] as const),
    ...(['retired', 'superseded'] as const),
  ]);
  return no('knowledge-moved', { state, draft, ...firstOf(last) });
}

function noReason(given: string): KnowledgeAnswer {
  return given.trim() === ''
    ? no('knowledge-missing', { field: 'reason' })
    : no('knowledge-field', { field: 'reason', value: given.length });
}

function differing(state: KnownError, fields: Partial<KnowledgeFields>): Partial<KnowledgeFields> {
  return Object.fromEntries(
    Object.entries(fields).filter(
      ([field, value]) => !saysSame(value, state[field as keyof KnowledgeFields]),
    ),
  ) as Partial<KnowledgeFields>;
}

/** Whether the draft of something published says anything else than its version does. */
export function differsFromPublished(it: KnownError): boolean {
  return it.published !== null && !saysSame(contentOf(it), it.published.content);
}
