import { unreachable, type TicketProcess } from '@muster/domain/shared';
import { DESK_PROFILE } from '#lib/desk/profile.ts';
import { INCIDENT_PROFILE } from '#lib/incident/profile.ts';
import type { RecordPanel, TicketProfile } from '#lib/ticket/profile.ts';

/** Known errors and articles that are about the same: for whoever may read them. */
const KNOWN_ERRORS: RecordPanel = {
  id: 'known-errors',
  place: 'main',
  shows: ({ isStaff }) => isStaff,
  load: () => import('#lib/problem/knowledge/TicketPanel.svelte'),
};

/** The problems that cause an incident: for whoever may read them. */
const PROBLEM: RecordPanel = {
  id: 'problem',
  place: 'main',
  shows: ({ isStaff }) => isStaff,
  load: () => import('#lib/problem/IncidentPanel.svelte'),
};

const DESK = withKnownErrors(DESK_PROFILE);
const INCIDENT = withKnownErrors({
  ...INCIDENT_PROFILE,
  panels: [PROBLEM, ...INCIDENT_PROFILE.panels.map(withProblems)],
});

/** What a review asks for becomes problems too. */
function withProblems(panel: RecordPanel): RecordPanel {
  return panel.id === 'review' ? { ...panel, load: () => import('./IncidentReview.svelte') } : panel;
}

function withKnownErrors(profile: TicketProfile): TicketProfile {
  return { ...profile, panels: [KNOWN_ERRORS, ...profile.panels] };
}

/** What each process says of its tickets; the shared screens know none of them. */
export function profileOf(process: TicketProcess): TicketProfile {
  switch (process) {
    case 'desk':
      return DESK;
    case 'incident':
      return INCIDENT;
    default:
      return unreachable(process);
  }
}
