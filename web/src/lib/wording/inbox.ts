import type { Say } from './say.ts';
import { callNewsWords } from './calls.ts';
import { escalatedWords, thresholdWords } from './escalation.ts';
import { reportDueWords } from './reports.ts';
import { roleWords, severityWords } from './major.ts';
import { replacedFieldWords } from './replaced.ts';
import { sentence } from './say.ts';
import { shiftNewsWords } from './schedules.ts';

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
      return `${by} changed the ${replacedFieldWords(detail)} that you had set`;
    case 'handover-requested':
      return `${by} asks you to hand this over`;
    case 'major-proposed':
      return detail['accepted'] === true
        ? `${by} declared this a major incident, ${severityWords(detail['severity'])}`
        : `${by} proposed this as a major incident, ${severityWords(detail['severity'])}`;
    case 'role-assigned':
      return detail['to'] === undefined
        ? `${by} made you ${roleWords(detail['role'])} of this major incident`
        : `${by} made ${say.person(detail['to'])} ${roleWords(detail['role'])} in your place`;
    case 'command-passed':
      return `${by} took the command of this major incident`;
    case 'command-offered':
      return offerWords(detail, say);
    case 'report-due':
      return reportDueWords(detail['stage'], say.time(detail['due']));
    case 'escalated':
      return escalatedWords(by, detail, say);
    case 'threshold-passed':
      return sentence(thresholdWords(detail['metric'], detail['percent']));
    case 'webhook-off':
      return `The webhook “${String(detail['name'])}” was switched off: its receiver took nothing for three days`;
    case 'called':
    case 'call-over':
    case 'call-used-up':
      return callNewsWords(kind, by, detail, say);
    case 'refused':
      return 'Something you did was refused; see what needs attention';
    case 'superseded':
      return 'Something you did came too late; see what needs attention';
    default:
      return shiftNewsWords(kind, detail, say) ?? 'Something happened here';
  }
}

/** An offer of the command, one that came second, or one that ended. */
function offerWords(detail: Readonly<Record<string, unknown>>, say: Say): string {
  const by = sentence(say.person(detail['by']));
  if (detail['declined'] === true) return `${by} ended the offer of the command`;
  if (detail['instead'] !== undefined) {
    return `${by} offered the command to ${say.person(detail['instead'])}, but it was offered to ${say.person(detail['to'])} before`;
  }
  return `${by} offers you the command of this major incident`;
}
