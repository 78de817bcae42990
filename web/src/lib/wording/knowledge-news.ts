import { sentence } from './say.ts';
import type { Say } from './say.ts';

type Detail = Readonly<Record<string, unknown>>;

const NEWS: Readonly<Record<string, (detail: Detail, by: string, title: string) => string>> = {
  review: (_, by, title) => `${by} asks you to review ${title}`,
  back: ({ reason }, by, title) => `${by} sent ${title} back: ${String(reason)}`,
  published: ({ number }, by, title) => `${by} published ${title} as version ${String(number)}`,
  over: ({ reason }, by, title) =>
    typeof reason === 'string'
      ? `${by} retired ${title}: ${reason}`
      : `${by} put another in place of ${title}`,
  'not-helped': ({ comment }, by, title) =>
    typeof comment === 'string' ? `${title} did not help ${by}: ${comment}` : `${title} did not help ${by}`,
  due: (_detail, _by, title) => `See whether ${title} still holds: its time is over`,
};

/** News about known errors and articles in one sentence; null for any other kind. */
export function knowledgeNewsWords(kind: string, detail: Detail, say: Say): string | null {
  const what = String(detail['what']);
  const words = kind === 'knowledge' && Object.hasOwn(NEWS, what) ? NEWS[what] : undefined;
  const by = what === 'not-helped' ? say.person(detail['by']) : sentence(say.person(detail['by']));
  return words?.(detail, by, `“${String(detail['title'])}”`) ?? null;
}
