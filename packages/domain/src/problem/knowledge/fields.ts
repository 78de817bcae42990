/** Whether the fields of a known error are fit, and what a version may not be without. */
import { ok } from '../../shared/index.ts';
import type { Result } from '../../shared/index.ts';
import { MAX_LABEL, MAX_NOTE, MAX_TITLE, cleanTags, cleanText } from '../../shared/ticket/text.ts';
import { isFit } from './facts.ts';
import type { ArticleText, KnowledgeContext } from './facts.ts';
import { KNOWLEDGE_AUDIENCES } from './known-error.ts';
import type { KnowledgeContent, KnowledgeFields, KnowledgeKind } from './known-error.ts';
import { no } from './refusals.ts';
import type { KnowledgeRefusal } from './refusals.ts';

export const MAX_KNOWLEDGE_ITEMS = 50;
const MAX_REVIEWERS = 20;
/** The end of the year 2100. */
const LATEST = Date.UTC(2101, 0, 1);

/** Fields as they are kept: trimmed, each item, word and person once. Who and what is named anew must be there. */
export function cleanFields<Fields extends Partial<KnowledgeFields>>(
  fields: Fields,
  before: Partial<KnowledgeFields>,
  context: KnowledgeContext,
): Result<Fields, KnowledgeRefusal> {
  const cleaned: Partial<KnowledgeFields> = { ...fields };
  if (fields.title !== undefined) {
    const title = cleanText(fields.title, MAX_TITLE);
    if (title === null)
      return fields.title.trim() === ''
        ? no('knowledge-missing', { field: 'title' })
        : no('knowledge-field', { field: 'title', value: fields.title.length });
    Object.assign(cleaned, { title });
  }
  for (const field of ['symptom', 'workaround', 'cause', 'errorCode'] as const) {
    const text = fields[field]?.trim();
    if (text === undefined) continue;
    if (text.length > (field === 'errorCode' ? MAX_LABEL : MAX_NOTE))
      return no('knowledge-field', { field, value: text.length });
    Object.assign(cleaned, { [field]: text });
  }
  if (fields.words !== undefined) {
    const words = cleanTags(fields.words);
    if (words === null) return no('knowledge-field', { field: 'words', value: fields.words.length });
    Object.assign(cleaned, { words });
  }
  if (fields.items !== undefined) Object.assign(cleaned, { items: [...new Set(fields.items)] });
  if (fields.reviewers !== undefined) Object.assign(cleaned, { reviewers: [...new Set(fields.reviewers)] });
  const fault = faultOf(cleaned, before, context);
  return fault ?? ok(cleaned as Fields);
}

function faultOf(
  fields: Partial<KnowledgeFields>,
  before: Partial<KnowledgeFields>,
  context: KnowledgeContext,
): ReturnType<typeof no> | null {
  const { audience, category, validUntil, items = [], reviewers = [], service, problem, owner } = fields;
  const { directory, facts } = context;
  const odd = (field: string, value: unknown) => no('knowledge-field', { field, value });
  if (audience !== undefined && !KNOWLEDGE_AUDIENCES.includes(audience)) return odd('audience', audience);
  if (category != null && category !== before.category && !directory.categories.includes(category))
    return odd('category', category);
  if (validUntil != null && !isMoment(validUntil)) return odd('validUntil', validUntil);
  if (items.length > MAX_KNOWLEDGE_ITEMS) return odd('items', items.length);
  if (reviewers.length > MAX_REVIEWERS) return odd('reviewers', reviewers.length);
  if (service != null && service !== before.service && !directory.services.has(service))
    return no('knowledge-unknown-service', { service });
  const item = items.find((each) => !(before.items ?? []).includes(each) && !facts.isItem(each));
  if (item !== undefined) return no('knowledge-unknown-item', { item });
  if (problem != null && problem !== before.problem && !facts.isProblem(problem))
    return no('knowledge-unknown-problem', { problem });
  if (owner != null && owner !== before.owner && !isFit(directory, owner, 'problem.read'))
    return no('knowledge-unknown-person', { person: owner, field: 'owner' });
  const stranger = reviewers.find(
    (each) =>
      !(before.reviewers ?? []).includes(each) && !isFit(directory, each, 'problem.publish-knowledge'),
  );
  return stranger === undefined
    ? null
    : no('knowledge-unknown-person', { person: stranger, field: 'reviewers' });
}

export function isMoment(at: number): boolean {
  return Number.isSafeInteger(at) && at >= 0 && at < LATEST;
}

/** What is lacking before it can be reviewed and published (A8): a symptom and a way round it or its cause; a text. */
export function lackingIn(
  kind: KnowledgeKind,
  { symptom, workaround, cause }: Pick<KnowledgeContent, 'symptom' | 'workaround' | 'cause'>,
  text: Pick<ArticleText, 'digest'> | null,
): readonly string[] {
  if (kind === 'article') return text !== null && text.digest === null ? ['text'] : [];
  return [
    ...(symptom === '' ? ['symptom'] : []),
    ...(workaround === '' && cause === '' ? ['workaround-or-cause'] : []),
  ];
}
