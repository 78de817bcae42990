import { sentence } from './say.ts';
import type { Say } from './say.ts';

type Detail = Readonly<Record<string, unknown>>;

const NEWS: Readonly<Record<string, (detail: Detail, by: string, title: string, say: Say) => string>> = {
  assigned: (_, by, title) => `${by} gave you the problem ${title}`,
  task: ({ task }, by, title) => `${by} gave you the task “${String(task)}” of ${title}`,
  quiet: ({ since }, _by, title, say) => `Nothing has happened to ${title} since ${say.time(since)}`,
  'risk-review': (_detail, _by, title) => `The accepted risk of ${title} is due for review`,
  'cause-contested': (_, by, title) => `${by} states another root cause of ${title}: one has to be picked`,
  ended: (_, by, title) => `${by} ended ${title}`,
  workaround: ({ name }, by, title) => `${by} told this the workaround of ${String(name)}, ${title}`,
  fixed: ({ name }, _by, title) => `${String(name)}, ${title}, is fixed: this is resolved with it`,
  risk: ({ name }, by, title) =>
    `${by} accepted the risk of ${String(name)}, ${title}: it is not fixed for now`,
};

/** News about problems in one sentence; null for any other kind. */
export function problemNewsWords(kind: string, detail: Detail, say: Say): string | null {
  const what = String(detail['what']);
  const words = kind === 'problem-item' && Object.hasOwn(NEWS, what) ? NEWS[what] : undefined;
  return words?.(detail, sentence(say.person(detail['by'])), `“${String(detail['title'])}”`, say) ?? null;
}
