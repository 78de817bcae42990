import { unreachable, type MajorEvent } from '@muster/domain/shared';
import { everyWords } from '#lib/wording/reports.ts';
import { phaseWords, roleWords, severityWords } from '#lib/wording/major.ts';
import { reviewEventWords } from '#lib/wording/review.ts';

/** What happened to a major incident, after the actor's name. */
export function majorEventWords(event: MajorEvent, personName: (id: string) => string): string {
  const because = 'reason' in event && event.reason ? `: “${event.reason}”` : '';
  switch (event.type) {
    case 'major-proposed':
      return event.rule === null
        ? `proposed this as a major incident, ${severityWords(event.severity)}${because}`
        : `proposed this as a major incident by a rule, ${severityWords(event.severity)}${because}`;
    case 'major-accepted':
      return `declared this a major incident, ${severityWords(event.severity)}, with ${personName(event.commander)} in command`;
    case 'major-rejected':
      return `rejected this as a major incident${because}`;
    case 'major-demoted':
      return `made this an ordinary incident again${because}`;
    case 'major-closed':
      return 'closed the major incident';
    case 'severity-set':
      return `set the severity to ${severityWords(event.severity)} instead of ${severityWords(event.before)}`;
    case 'phase-moved':
      return `moved the response from ${phaseWords(event.before)} to ${phaseWords(event.phase)}${because}`;
    case 'role-assigned':
      return event.before === null
        ? `made ${personName(event.person)} ${roleWords(event.role)}`
        : `made ${personName(event.person)} ${roleWords(event.role)} in place of ${personName(event.before)}`;
    case 'role-renounced':
      return `took ${personName(event.person)} off as ${roleWords(event.role)}`;
    case 'command-offered':
      return `offered the command to ${personName(event.to)}`;
    case 'command-declined':
      return `ended the offer of the command to ${personName(event.to)}`;
    case 'command-passed':
      return `took the command over from ${personName(event.before)}`;
    case 'review-begun':
    case 'review-waived':
    case 'review-moved':
    case 'review-action-added':
    case 'review-action-dropped':
      return reviewEventWords(event, personName);
    case 'report-sent':
      return 'sent a status report';
    case 'report-interval-set':
      return `asked for status reports ${everyWords(event.minutes)}`;
    default:
      return unreachable(event);
  }
}
