import type { Instant, RecordId } from '@muster/domain/shared';
import type * as Y from 'yjs';
import { flat, id, oneOf, optional, whole } from './codec.ts';
import { DRAFT_ID } from './kinds.ts';
import { isNonconforming, versioned } from './nonconforming.ts';
import { changeBetween } from './text-change.ts';

export const DRAFT_KINDS = [
  'reply',
  'note',
  'new',
  'timeline',
  'report-conditions',
  'report-actions',
  'report-needs',
  'cause',
  'fishbone',
] as const;
export type DraftKind = (typeof DRAFT_KINDS)[number];

interface DraftMeta {
  readonly updatedAt: Instant;
  readonly kind: DraftKind;
  readonly record: RecordId | null;
}

export interface Draft extends DraftMeta {
  readonly id: string;
  readonly text: string;
}

export const draftMeta = versioned(
  1,
  flat<DraftMeta>({ updatedAt: whole, kind: oneOf(DRAFT_KINDS), record: optional(id<RecordId>()) }),
);

export function parseDraftId(
  draft: string,
): { readonly kind: DraftKind; readonly record: RecordId | null } | null {
  const match = DRAFT_ID.exec(draft);
  if (match === null) return null;
  const kind = match[1] as DraftKind;
  return { kind, record: kind === 'new' ? null : (match[2] as RecordId) };
}

/** The shared text of a draft: a root, so that two devices that begin it apart lose nothing. */
export function draftText(doc: Y.Doc, draft: string): Y.Text {
  return doc.getText(`draft:${draft}`);
}

export function readDraft(doc: Y.Doc, draft: string): string {
  return draftText(doc, draft).toString();
}

/**
 * Makes a draft read `text` by the smallest change, in one transaction, so that what another device
 * types elsewhere in it stays. Does nothing when it reads so already. Throws on an id that is no draft's.
 */
export function writeDraft(doc: Y.Doc, draft: string, text: string, at: Instant, origin?: unknown): void {
  const parsed = parseDraftId(draft);
  if (parsed === null) throw new Error(`no draft id: ${draft}`);
  const shared = draftText(doc, draft);
  const change = changeBetween(shared.toString(), text);
  if (change === null) return;
  doc.transact(() => {
    if (change.removed > 0) shared.delete(change.index, change.removed);
    if (change.inserted !== '') shared.insert(change.index, change.inserted);
    const meta = doc.getMap('meta');
    if (shared.length === 0) meta.delete(draft);
    else meta.set(draft, draftMeta.encode({ updatedAt: at, ...parsed }));
  }, origin);
}

/** Drafts with text, newest first. A draft whose particulars were lost to another device still shows, as oldest. */
export function listDrafts(doc: Y.Doc): readonly Draft[] {
  const meta = doc.getMap('meta');
  const drafts: Draft[] = [];
  for (const root of doc.share.keys()) {
    const draft = root.startsWith('draft:') ? root.slice('draft:'.length) : '';
    const parsed = parseDraftId(draft);
    const text = parsed === null ? '' : readDraft(doc, draft);
    if (parsed === null || text === '') continue;
    const kept = draftMeta.decode(`meta.${draft}`, meta.get(draft));
    drafts.push({ id: draft, text, ...(isNonconforming(kept) ? { ...parsed, updatedAt: 0 } : kept) });
  }
  return drafts.sort((a, b) => b.updatedAt - a.updatedAt);
}
