import { faultOfRecurrence, ok, refuse } from '../../shared/index.ts';
import type { Result } from '../../shared/index.ts';
import { MAX_LABEL, cleanText } from '../../shared/ticket/text.ts';
import { changeRefusal } from '../refusals.ts';
import type { ChangeRefusal } from '../refusals.ts';
import { WINDOW_KINDS } from './window.ts';
import type { ChangeWindow } from './window.ts';

/** A window as it is kept, or why it is unfit: `change/window-ends-first`, `change/invalid-value`. */
export function cleanWindow(window: ChangeWindow): Result<ChangeWindow, ChangeRefusal> {
  const name = cleanText(window.name, MAX_LABEL);
  if (name === null) return refuse(changeRefusal('missing-field', { field: 'name' }));
  if (!WINDOW_KINDS.includes(window.kind))
    return refuse(changeRefusal('invalid-value', { field: 'kind', value: window.kind }));
  const fault = faultOfRecurrence(window.when);
  if (fault === 'ends-before-begin') {
    const { begins, ends } = window.when;
    return refuse(changeRefusal('window-ends-first', { begins, ends }));
  }
  if (fault !== null) return refuse(changeRefusal('invalid-value', fault));
  return ok({ ...window, name, hard: window.kind === 'freeze' && window.hard });
}
