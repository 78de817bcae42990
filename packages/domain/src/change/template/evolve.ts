import { personId } from '../../shared/index.ts';
import type { Recorded, RecordId } from '../../shared/index.ts';
import type { TemplateEvent } from './acts.ts';
import { NO_RESULTS } from './template.ts';
import type { ChangeTemplate } from './template.ts';

type At = Pick<Recorded<TemplateEvent>, 'actor' | 'at'>;

/** The template after an event. Total: an event of a later version only counts. */
export function evolveTemplate(
  state: ChangeTemplate | null,
  event: TemplateEvent,
  { actor, at }: At,
  target: RecordId,
): ChangeTemplate {
  const before = state ?? blank(target);
  const next = { ...before, version: before.version + 1, updatedAt: at };
  switch (event.type) {
    case 'proposed':
      return { ...next, ...event.fields, revision: 1, proposedBy: actor, writtenBy: actor };
    case 'edited':
      return {
        ...next,
        ...event.fields,
        revision: before.revision + 1,
        state: 'proposed',
        reason: null,
        writtenBy: actor,
      };
    case 'approved':
      return { ...next, state: 'active', reason: null, retirementProposed: null };
    case 'rejected':
      return { ...next, state: 'rejected', reason: event.reason };
    case 'retired':
      return { ...next, state: 'retired', reason: event.reason, retirementProposed: null };
    case 'kept':
      return { ...next, reason: event.reason, retirementProposed: null };
    case 'used':
      return { ...next, uses: before.uses + 1 };
    case 'ended':
      return {
        ...next,
        results: { ...before.results, [event.result]: before.results[event.result] + 1 },
      };
    case 'retirement-proposed':
      return { ...next, retirementProposed: event.change };
    default:
      return later(next, event);
  }
}

function later(template: ChangeTemplate, event: never): ChangeTemplate {
  void event;
  return template;
}

function blank(id: RecordId): ChangeTemplate {
  return {
    id,
    version: 0,
    revision: 0,
    state: 'proposed',
    name: '',
    outage: false,
    plans: {},
    tasks: [],
    riskInput: null,
    minutes: 60,
    team: null,
    proposedBy: personId(''),
    writtenBy: personId(''),
    updatedAt: 0,
    reason: null,
    uses: 0,
    results: NO_RESULTS,
    retirementProposed: null,
  };
}
