import { sentence } from './say.ts';
import type { Say } from './say.ts';
import { counted } from './releases.ts';

type Detail = Readonly<Record<string, unknown>>;

const NEWS: Readonly<Record<string, (detail: Detail, by: string, say: Say) => string>> = {
  'go-asked': ({ title }, by) => `${by} asks you for go or no-go: ${String(title)}`,
  'no-go': ({ title, reason }, by) => `${by} said no-go to ${String(title)}${because(reason)}`,
  'step-assigned': (detail, by) => `${by} gave you ${stepsOf(detail)} in ${String(detail['title'])}`,
  'step-next': (detail) => `${sentence(stepsOf(detail))} can begin: ${String(detail['title'])}`,
  'no-return': ({ title, stepTitle }, by) =>
    `${by} ticked “${String(stepTitle)}”: there is no way back in ${String(title)}`,
  'release-alarm': ({ title, incident }, _by, say) =>
    `An incident touches what ${String(title)} released: ${say.record(incident)}`,
  'rolling-back': ({ title, reason }, by) => `${by} rolls ${String(title)} back${because(reason)}`,
  'rolled-back': ({ title }) => `${String(title)} is rolled back`,
};

/** News about releases in one sentence; null for any other kind. */
export function releaseNewsWords(kind: string, detail: Detail, say: Say): string | null {
  const words = Object.hasOwn(NEWS, kind) ? NEWS[kind] : undefined;
  return words?.(detail, sentence(say.person(detail['by'])), say) ?? null;
}

function stepsOf({ steps, stepTitle }: Detail): string {
  return typeof steps === 'number' && steps > 1 ? counted(steps, 'step') : `the step “${String(stepTitle)}”`;
}

function because(reason: unknown): string {
  return typeof reason === 'string' && reason !== '' ? `: ${reason}` : '';
}
