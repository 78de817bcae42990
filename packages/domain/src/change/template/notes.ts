import type { RecordId } from '../../shared/index.ts';
import type { Change } from '../change.ts';
import type { ChangeEvent } from '../events.ts';
import type { TemplateAct } from './acts.ts';

/**
 * What a template is told of an event of a change that was made from it; null for nothing. The system runs it after
 * the event, under an id that follows from the event's, so that a rerun counts nothing twice.
 *
 * @param change After the event
 */
export function templateNote(
  change: Change,
  event: ChangeEvent,
): { readonly template: RecordId; readonly act: TemplateAct } | null {
  const { id, template } = change;
  if (template === null) return null;
  if (event.type === 'created') return { template: template.id, act: { verb: 'note-use', change: id } };
  if (event.type !== 'moved' || event.result === null) return null;
  return { template: template.id, act: { verb: 'note-result', change: id, result: event.result } };
}
