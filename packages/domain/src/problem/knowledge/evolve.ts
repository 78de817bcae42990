import { SYSTEM } from '../../shared/index.ts';
import type { Recorded, RecordId } from '../../shared/index.ts';
import type { KnowledgeEvent, KnowledgeEventOf } from './acts.ts';
import type { KnownError } from './known-error.ts';

/** The record after an event; `state` is null before the first. */
export function evolveKnowledge(
  state: KnownError | null,
  recorded: Recorded<KnowledgeEvent>,
  target: RecordId,
): KnownError {
  const { event, actor, at } = recorded;
  if (event.type === 'created') return begun(event, recorded, target);
  if (state === null) throw new Error(`${target} has events before it was created`);
  // what is counted of it is no change of what it says
  const moved = { ...state, version: state.version + 1 };
  const next = { ...moved, updatedAt: at };
  switch (event.type) {
    case 'edited':
      return { ...next, ...event.fields, draft: state.draft ?? 'draft' };
    case 'draft-begun':
      return { ...next, draft: 'draft' };
    case 'draft-dropped':
      return { ...next, ...state.published?.content, draft: null, sentBack: null };
    case 'submitted':
      return { ...next, ...inDraft(state, 'review'), submittedBy: actor, sentBack: null };
    case 'sent-back':
      return { ...next, ...inDraft(state, 'draft'), sentBack: { by: actor, at, reason: event.reason } };
    case 'published': {
      const { number, content, excerpt, text } = event;
      const published = { number, content, excerpt, text, at, by: actor };
      return { ...next, state: 'published', draft: null, published, helped: 0, notHelped: 0 };
    }
    case 'retired':
      return { ...next, state: 'retired', draft: null, reason: event.reason };
    case 'superseded':
      return { ...next, state: 'superseded', draft: null, supersededBy: event.by };
    case 'extended': {
      const { validUntil, keepsDraft } = event;
      const { published } = state;
      return {
        ...{ ...next, validUntil: keepsDraft === true ? state.validUntil : validUntil },
        published: published && { ...published, content: { ...published.content, validUntil } },
      };
    }
    case 'rated':
      return rated(moved, event);
    case 'linked':
      return { ...moved, used: state.used + 1 };
    case 'unlinked':
      return { ...moved, used: Math.max(0, state.used - 1) };
    case 'fell-due':
      return { ...moved, toldDue: event.validUntil };
    default:
      // one that a later version made counts, and changes nothing that this one knows
      event satisfies never;
      return next;
  }
}

function begun(
  { kind, fields }: KnowledgeEventOf<'created'>,
  { actor, at }: Recorded<KnowledgeEvent>,
  id: RecordId,
): KnownError {
  return {
    ...fields,
    ...{ id, kind, version: 1, state: 'draft', draft: 'draft' },
    ...{ madeBy: actor, madeAt: at, updatedAt: at },
    ...{ submittedBy: null, sentBack: null, published: null, supersededBy: null, reason: null },
    ...{ helped: 0, notHelped: 0, used: 0, toldDue: null },
    owner: fields.owner ?? (actor === SYSTEM ? null : actor),
  };
}

/** What is published stays so while its next draft goes its way. */
function inDraft(state: KnownError, draft: 'draft' | 'review'): Pick<KnownError, 'state' | 'draft'> {
  return { state: state.state === 'published' ? 'published' : draft, draft };
}

function rated(it: KnownError, { number, helped, before }: KnowledgeEventOf<'rated'>): KnownError {
  if (it.published?.number !== number) return it;
  const weight = (said: boolean) => (helped === said ? 1 : 0) - (before === said ? 1 : 0);
  return { ...it, helped: it.helped + weight(true), notHelped: it.notHelped + weight(false) };
}
