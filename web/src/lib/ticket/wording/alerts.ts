import type { AlertStance, AlertTally } from '@muster/domain/shared';

/** Why alerts did nothing more than be noted. */
const STANCES: Readonly<Record<AlertStance, string>> = {
  'resolved-by-person': 'a person resolved this, so it stays resolved',
  ended: 'this has ended, so it stays ended',
  'on-hold': 'this is on hold, so it stays open',
  'not-from-alerts': 'alerts did not open this, so it stays open',
  major: 'this is a major incident, so its people end it',
  refused: 'the rules did not let the alerts change this',
};

/** How the alerts of an incident stood, after the actor's name. */
export function alertsWords({ change, source, firing, total, untold, named, stance }: AlertTally): string {
  const all = `${total} ${total === 1 ? 'alert' : 'alerts'}`;
  const state = firing === 0 ? `${all}, all over` : `${firing} of ${all} firing`;
  const more = untold === 0 ? '' : `, and ${untold} more that it did not name`;
  const unnamed = firing - named.length;
  const names =
    change === 'resolved' || named.length === 0
      ? ''
      : `: ${named.join(', ')}${unnamed > 0 ? ` and ${unnamed} more` : ''}`;
  const why = stance === null ? '' : `; ${STANCES[stance]}`;
  return `noted from ${source}: ${state}${more}${names}${why}`;
}
