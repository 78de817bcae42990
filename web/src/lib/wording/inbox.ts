import type { Say } from './say.ts';
import { fieldWords } from './names.ts';
import { sentence } from './say.ts';

/** An inbox item in one sentence about the record it names. */
export function inboxWords(kind: string, detail: Readonly<Record<string, unknown>>, say: Say): string {
  const by = sentence(say.person(detail['by']));
  switch (kind) {
    case 'assigned':
      return detail['by'] === undefined ? 'This was given to you' : `${by} gave this to you`;
    case 'mentioned':
      return `${by} mentioned you`;
    case 'replied':
      return `${by} replied`;
    case 'reopened':
      return `${by} reopened this`;
    case 'replaced':
      return `${by} changed the ${fieldWords(detail['field'])} that you had set`;
    case 'handover-requested':
      return `${by} asks you to hand this over`;
    case 'refused':
      return 'Something you did was refused; see what needs attention';
    case 'superseded':
      return 'Something you did came too late; see what needs attention';
    default:
      return 'Something happened here';
  }
}
