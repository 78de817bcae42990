/** The way of a draft to its readers (A8): draft, review, published. */
import { MAX_NOTE, cleanText } from '../../shared/ticket/text.ts';
import type { KnowledgeActOf } from './acts.ts';
import { NO_TEXT, alreadyDone, can, firstOf, lastUnseen, tellOf, yes } from './facts.ts';
import type { KnowledgeAnswer, KnowledgeCase } from './facts.ts';
import { lackingIn } from './fields.ts';
import { contentOf, isOverKnowledge } from './known-error.ts';
import { no } from './refusals.ts';

/** How much of a text lists and search without a network have of it. */
export const EXCERPT_LENGTH = 600;

/** Of two who take the same step the second is superseded; whoever takes another one is told who was first. */
export function decideSubmit(kase: KnowledgeCase): KnowledgeAnswer {
  const { it, context } = kase;
  const submitted = lastUnseen(kase, ['submitted']);
  if (it.draft === 'review' && submitted !== undefined) return alreadyDone(submitted);
  if (it.draft !== 'draft') return moved(kase);
  const lacks = lackingIn(it.kind, it, context.facts.text);
  if (lacks.length > 0) return no('knowledge-incomplete', { kind: it.kind, lacks });
  return yes([{ type: 'submitted' }], tellOf(kase, 'review', it.reviewers));
}

/** Whoever publishes gives it back, and whoever submitted it takes it back. */
export function decideSendBack(kase: KnowledgeCase, act: KnowledgeActOf<'send-back'>): KnowledgeAnswer {
  const { it, context } = kase;
  const permission = 'problem.publish-knowledge';
  if (it.submittedBy !== context.actor.id && !can(context.actor, permission))
    return no('knowledge-not-permitted', { permission });
  if (it.draft !== 'review') return moved(kase);
  const reason = cleanText(act.reason, MAX_NOTE);
  if (reason === null)
    return act.reason.trim() === ''
      ? no('knowledge-missing', { field: 'reason' })
      : no('knowledge-field', { field: 'reason', value: act.reason.length });
  return yes([{ type: 'sent-back', reason }], tellOf(kase, 'back', [it.submittedBy], { reason }));
}

/** What is published is what its publisher had before them: fields and text alike (PRB-54). */
export function decidePublish(kase: KnowledgeCase, act: KnowledgeActOf<'publish'>): KnowledgeAnswer {
  const { it, context } = kase;
  const published = lastUnseen(kase, ['published']);
  if (it.draft === null && published !== undefined) return alreadyDone(published);
  if (it.draft !== 'review') return moved(kase);
  // an end that was put off unseen would be set back by that of the draft
  const altered = lastUnseen(kase, ['edited', 'extended']);
  if (altered !== undefined) return no('knowledge-altered', { by: altered.actor, at: altered.at });
  const { text } = context.facts;
  if (text !== null && text.digest !== act.text) return no('knowledge-text-moved', {});
  const lacks = lackingIn(it.kind, it, text);
  if (lacks.length > 0) return no('knowledge-incomplete', { kind: it.kind, lacks });
  const { body, words } = text ?? NO_TEXT;
  const number = (it.published?.number ?? 0) + 1;
  const excerpt = words.slice(0, EXCERPT_LENGTH);
  return yes(
    [{ type: 'published', number, content: contentOf(it), body, excerpt, text: act.text }],
    tellOf(kase, 'published', [it.owner, it.madeBy, it.submittedBy], { number }),
  );
}

function moved(kase: KnowledgeCase): KnowledgeAnswer {
  const { state, draft } = kase.it;
  if (isOverKnowledge(kase.it))
    return no('knowledge-over', { state, ...firstOf(lastUnseen(kase, ['retired', 'superseded'])) });
  const last = lastUnseen(kase, ['submitted', 'sent-back', 'published', 'draft-dropped', 'draft-begun']);
  return no('knowledge-moved', { state, draft, ...firstOf(last) });
}
