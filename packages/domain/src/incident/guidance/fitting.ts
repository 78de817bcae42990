import type { Runbook, RunbookStep } from '../../shared/runbook.ts';
import { RUNBOOK_PHASES } from '../../shared/runbook.ts';
import type { Ticket } from '../../shared/ticket/ticket.ts';

/** What of an incident decides which runbooks fit. */
export interface GuidedIncident extends Pick<Ticket, 'service' | 'category'> {
  /** Names of the alerts that its history tells of. */
  readonly alerts: readonly string[];
}

/** The runbooks that apply, the most specific first: by alert, then service, then category, then name. */
export function fittingRunbooks(runbooks: Iterable<Runbook>, incident: GuidedIncident): readonly Runbook[] {
  const alerts = new Set(incident.alerts.map((name) => name.toLowerCase()));
  return [...runbooks]
    .filter(
      ({ service, category, alert }) =>
        (service === null || service === incident.service) &&
        (category === null || category === incident.category) &&
        (alert === null || alerts.has(alert.toLowerCase())),
    )
    .sort((a, b) => weightOf(b) - weightOf(a) || compare(a.name, b.name) || compare(a.id, b.id));
}

function weightOf({ service, category, alert }: Runbook): number {
  return (alert === null ? 0 : 4) + (service === null ? 0 : 2) + (category === null ? 0 : 1);
}

/** The steps in the order in which they are taken: by phase, within one as they were written. */
export function stepsInOrder({ steps }: Pick<Runbook, 'steps'>): readonly RunbookStep[] {
  return RUNBOOK_PHASES.flatMap((phase) => steps.filter((step) => step.phase === phase));
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
