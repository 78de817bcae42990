import type { StateShape } from '#lib/ui/StatePill.svelte';
import type { Tone } from '#lib/ui/tone.ts';

export interface StateLook {
  readonly label: string;
  readonly shape: StateShape;
  readonly tone: Tone;
}

/** Every state of desk and incident, by word, shape and tone: the shape tells how far along. */
const STATES: Readonly<Record<string, StateLook>> = {
  new: { label: 'New', shape: 'dotted', tone: 'info' },
  triaged: { label: 'Triaged', shape: 'ring', tone: 'info' },
  awaiting_approval: { label: 'Awaiting approval', shape: 'pause', tone: 'pause' },
  approved: { label: 'Approved', shape: 'ring', tone: 'success' },
  rejected: { label: 'Rejected', shape: 'cross', tone: 'danger' },
  assigned: { label: 'Assigned', shape: 'ring', tone: 'neutral' },
  in_progress: { label: 'In progress', shape: 'half', tone: 'warning' },
  on_hold: { label: 'On hold', shape: 'pause', tone: 'pause' },
  resolved: { label: 'Resolved', shape: 'check', tone: 'success' },
  closed: { label: 'Closed', shape: 'full', tone: 'neutral' },
  cancelled: { label: 'Cancelled', shape: 'cross', tone: 'neutral' },
  merged: { label: 'Merged', shape: 'full', tone: 'neutral' },
};

/** A state of a later version shows under its own name rather than not at all. */
export function stateLook(state: string): StateLook {
  return STATES[state] ?? { label: state.replace(/_/g, ' '), shape: 'ring', tone: 'neutral' };
}

export function stateName(state: string): string {
  return stateLook(state).label;
}

/** What the desk's own steps are to somebody who waits for it. */
const TO_REQUESTERS: Readonly<Record<string, string>> = {
  triaged: 'Looked at',
  assigned: 'With a team',
  on_hold: 'Waiting',
  merged: 'Joined with another',
};

export function requesterLook(state: string): StateLook {
  const look = stateLook(state);
  return { ...look, label: TO_REQUESTERS[state] ?? look.label };
}

/** A step as a button says it: what the person does, not where it leads. */
export function stepName(from: string, to: string): string {
  switch (to) {
    case 'in_progress':
      if (from === 'resolved') return 'Reopen';
      return from === 'on_hold' ? 'Resume work' : 'Start work';
    case 'on_hold':
      return 'Put on hold';
    case 'resolved':
      return 'Resolve';
    case 'closed':
      return 'Close';
    case 'cancelled':
      return 'Cancel';
    case 'triaged':
      return 'Mark as triaged';
    case 'assigned':
      return 'Hand to the team';
    case 'awaiting_approval':
      return 'Ask for approval';
    case 'approved':
      return 'Approve';
    case 'rejected':
      return 'Reject';
    case 'new':
      return 'Send in again';
    default:
      return stateName(to);
  }
}
