import { parseDraftId } from '@muster/documents';
import type { DraftKind } from '@muster/documents';
import type { RecordId } from '@muster/domain/shared';
import type { Draft } from '#lib/live/muster.ts';

/** Words of this person that are not sent, and the page where they go on with them. */
export interface OwnDraft {
  readonly id: string;
  readonly href: string;
  /** The record it belongs to; null for a record that is not made yet. */
  readonly record: RecordId | null;
  readonly what: string;
  /** The first words of it. */
  readonly words: string;
}

type OfProblems = 'cause' | 'fishbone';

/** Kinds of drafts that belong to a problem. */
const OF_PROBLEMS: Readonly<Record<OfProblems, string>> = {
  cause: 'Unsent cause',
  fishbone: 'Unsent line of a fishbone',
};

const KINDS: Readonly<Record<Exclude<DraftKind, 'new'>, string>> = {
  ...OF_PROBLEMS,
  reply: 'Unsent reply',
  note: 'Unsent note',
  timeline: 'Unsent timeline entry',
  'report-conditions': 'Unsent status report',
  'report-actions': 'Unsent status report',
  'report-needs': 'Unsent status report',
};

/** Every draft that has words in it, the newest first. */
export function ownDrafts(drafts: readonly Draft[]): readonly OwnDraft[] {
  const found = drafts
    .toSorted((a, b) => b.updatedAt - a.updatedAt)
    .flatMap((draft) => {
      const { kind, record } = parseDraftId(draft.id) ?? { kind: null, record: null };
      if (kind === 'new') return newRecord(draft);
      if (kind === null || record === null || draft.text.trim() === '') return [];
      const what = KINDS[kind];
      const href = `/${kind in OF_PROBLEMS ? 'problem' : 'record'}/${record}`;
      return [{ id: draft.id, href, record, what, words: firstWords(draft.text) }];
    });
  return found.filter((draft, at) => found.findIndex((other) => isSameWork(draft, other)) === at);
}

/** The parts of one report are one piece of work; a new record has no other. */
function isSameWork(a: OwnDraft, b: OwnDraft): boolean {
  return a.id === b.id || (a.record !== null && a.record === b.record && a.what === b.what);
}

/** A record half filled in: lines `field: value`, an empty one, and the description. */
function newRecord({ id, text }: Draft): readonly OwnDraft[] {
  const process = text.startsWith('process: incident') ? 'incident' : 'desk';
  const title = /^title: (.+)$/m.exec(text)?.[1] ?? '';
  const words = firstWords(title) || firstWords(text.split('\n\n').slice(1).join(' '));
  if (words === '') return [];
  const what = process === 'incident' ? 'New incident' : 'New request';
  return [{ id, href: `/new?process=${process}&draft=${encodeURIComponent(id)}`, record: null, what, words }];
}

function firstWords(text: string): string {
  return text.trim().replace(/\s+/g, ' ').slice(0, 80);
}
