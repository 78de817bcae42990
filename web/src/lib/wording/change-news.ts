import { contentWords } from './changes.ts';
import { listed } from './readers.ts';
import { sentence } from './say.ts';
import type { Say } from './say.ts';

type Detail = Readonly<Record<string, unknown>>;

const NEWS: Readonly<Record<string, (detail: Detail, by: string, say: Say) => string>> = {
  'approval-asked': ({ change, dueAt }, by, say) =>
    `${by} asks you to approve ${named(change)}${typeof dueAt === 'number' ? `, until ${say.time(dueAt)}` : ''}`,
  'approval-void': ({ change, differs }, by) =>
    `Your vote on ${named(change)} is void: ${by} changed ${partsOf(differs)}`,
  'approval-expired': ({ change }) => `The time to approve ${named(change)} is over`,
  'change-approved': ({ change }) => `${sentence(named(change))} has the approvals that it needs`,
  'change-rejected': ({ change, note }, by) => `${by} rejected ${named(change)}${because(note)}`,
  'change-scheduled': ({ change, begins }, _by, say) =>
    `${sentence(named(change))} is scheduled${typeof begins === 'number' ? `: it begins ${say.time(begins)}` : ''}`,
  'change-task': ({ change, title, why }, by) =>
    why === 'assigned'
      ? `${by} gave you the task “${String(title)}” of ${named(change)}`
      : `Your task “${String(title)}” of ${named(change)} can begin`,
  'backout-offered': ({ change }) => `A task of ${named(change)} failed: what was done can be taken back`,
  'values-kept': ({ change, kept }) =>
    `${sentence(named(change))} is closed, and ${kept === 1 ? 'one planned value was' : `${String(kept)} planned values were`} not applied`,
  'board-item': (detail, by, say) => boardNews(detail, by, say),
};

function boardNews({ what, name, at, number, reason, note }: Detail, by: string, say: Say): string {
  const board = typeof name === 'string' ? `“${name}”` : 'the change board';
  if (what === 'called-off')
    return `${by} called off the meeting of ${board} at ${say.time(at)}${because(reason)}`;
  if (what === 'deferred')
    return `${sentence(board)} deferred ${typeof number === 'string' ? number : 'a change of yours'}${because(note)}`;
  return `${by} invites you to the meeting of ${board} at ${say.time(at)}`;
}

/** Where news about changes lead. */
export function changeNewsHref(kind: string, record: string, detail: Detail): string {
  const { what, change } = detail;
  if (kind !== 'board-item') return `/change/${record}`;
  if (what === 'deferred' && typeof change === 'string') return `/change/${change}`;
  return what === 'called-off' ? '/change/board' : `/change/board/${record}`;
}

/** News about changes in one sentence; null for any other kind. */
export function changeNewsWords(kind: string, detail: Detail, say: Say): string | null {
  const words = Object.hasOwn(NEWS, kind) ? NEWS[kind] : undefined;
  return words?.(detail, sentence(say.person(detail['by'])), say) ?? null;
}

function named(change: unknown): string {
  return typeof change === 'string' ? `“${change}”` : 'a change';
}

function partsOf(differs: unknown): string {
  return Array.isArray(differs) && differs.length > 0 ? listed(differs.map(contentWords)) : 'it';
}

function because(reason: unknown): string {
  return typeof reason === 'string' && reason !== '' ? `: ${reason}` : '';
}
