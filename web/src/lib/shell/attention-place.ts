import type { AttentionItem } from '#lib/live/muster.ts';

export interface AttentionPlace {
  readonly href: string;
  readonly label: string;
}

/** Where what asks for attention is, if it is about no ticket; null for a ticket, and where nobody knows. */
export function attentionPlace(item: AttentionItem): AttentionPlace | null {
  const { record, process } = item;
  if (item.template !== undefined) return { href: '/change/catalogue', label: 'The catalogue' };
  if (item.board !== undefined || item.meeting?.verb === 'plan')
    return { href: '/change/board', label: 'The boards' };
  if (item.meeting !== undefined) return { href: `/change/board/${record}`, label: 'The meeting' };
  if (item.relation !== undefined) return { href: '/configuration', label: 'The items' };
  if (item.release !== undefined || process === 'release')
    return { href: `/release/${record}`, label: 'The release' };
  if (item.change !== undefined || process === 'change')
    return { href: `/change/${record}`, label: 'The change' };
  if (item.item !== undefined || process === 'configuration')
    return { href: `/configuration/${record}`, label: 'The item' };
  if (item.error !== undefined || item.detail['in'] === 'known-error')
    return { href: `/problem/knowledge/${record}`, label: 'The known error or article' };
  if (item.problem !== undefined || process === 'problem')
    return { href: `/problem/${record}`, label: 'The problem' };
  return null;
}
