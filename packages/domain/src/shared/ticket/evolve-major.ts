import type { Recorded } from '../decider.ts';
import type { PersonId } from '../ids.ts';
import type { Instant } from '../instant.ts';
import type { MajorEvent, MajorIncident, MajorPhase, MajorRole } from './major.ts';
import { evolveReview } from './review.ts';
import { NO_REPORTS } from './report.ts';

/** Folds what happened to a major incident. Total, like the fold of the ticket that carries it. */
export function evolveMajor(
  before: MajorIncident | null,
  { event, actor, at }: Omit<Recorded<unknown>, 'event'> & { readonly event: MajorEvent },
): MajorIncident | null {
  if (event.type === 'major-proposed') {
    const { severity, reason, rule } = event;
    return { ...blank(actor, at), severity, reason, rule };
  }
  const major = before ?? blank(actor, at);
  switch (event.type) {
    case 'major-accepted':
      return stamped(
        {
          ...major,
          state: 'accepted',
          severity: event.severity,
          acceptedAt: at,
          endedAt: null,
          phases: [],
          roles: [{ role: 'commander', person: event.commander, since: at }],
          offer: null,
          review: null,
        },
        'triage',
        at,
      );
    case 'major-rejected':
      return { ...major, state: 'rejected', reason: event.reason, endedAt: at };
    case 'major-demoted':
      return { ...major, state: 'demoted', reason: event.reason, endedAt: at, roles: [], offer: null };
    case 'major-closed':
      return stamped({ ...major, state: 'closed', endedAt: at, offer: null }, 'closed', at);
    case 'severity-set':
      return { ...major, severity: event.severity };
    case 'phase-moved':
      return stamped(major, event.phase, at);
    case 'role-assigned':
      return assigned(major, event.role, event.person, event.before, at);
    case 'role-renounced':
      return without(major, event.role, event.person);
    case 'command-offered':
      return { ...major, offer: { to: event.to, by: actor, at } };
    case 'command-declined':
      return { ...major, offer: null };
    case 'command-passed':
      return passed(major, event.to, at);
    case 'review-begun':
    case 'review-waived':
    case 'review-moved':
    case 'review-action-added':
    case 'review-action-dropped':
      return { ...major, review: evolveReview(major.review, event, at) };
    case 'report-sent': {
      const kept = major.reports ?? NO_REPORTS;
      return { ...major, reports: { ...kept, count: kept.count + 1, lastAt: at } };
    }
    case 'report-interval-set':
      return { ...major, reports: { ...(major.reports ?? NO_REPORTS), minutes: event.minutes } };
  }
}

function blank(actor: PersonId, at: Instant): MajorIncident {
  return {
    state: 'proposed',
    severity: 3,
    since: at,
    proposedBy: actor,
    rule: null,
    reason: null,
    acceptedAt: null,
    endedAt: null,
    phases: [],
    roles: [],
    offer: null,
    review: null,
    reports: null,
  };
}

function stamped(major: MajorIncident, phase: MajorPhase, at: Instant): MajorIncident {
  return { ...major, phases: [...major.phases, { phase, at }] };
}

function without(major: MajorIncident, role: MajorRole, person: PersonId): MajorIncident {
  const roles = major.roles.filter((held) => held.role !== role || held.person !== person);
  return { ...major, roles };
}

function assigned(
  major: MajorIncident,
  role: MajorRole,
  person: PersonId,
  before: PersonId | null,
  since: Instant,
): MajorIncident {
  const base = before === null ? major : without(major, role, before);
  return { ...base, roles: [...without(base, role, person).roles, { role, person, since }] };
}

/** The new commander is no deputy any more; who gives the command away keeps their other roles. */
function passed(major: MajorIncident, to: PersonId, since: Instant): MajorIncident {
  const others = without(major, 'deputy', to).roles.filter(({ role }) => role !== 'commander');
  return { ...major, roles: [{ role: 'commander', person: to, since }, ...others], offer: null };
}
