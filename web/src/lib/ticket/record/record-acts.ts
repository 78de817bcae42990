import type { RecordId } from '@muster/domain/shared';
import type { Act } from '#lib/shell/shortcuts.svelte.ts';
import type { TicketActions } from '../acts/ticket-actions.svelte.ts';
import type { Voice } from './draft-key.ts';

export interface RecordHandles {
  readonly id: RecordId;
  readonly actions: TicketActions;
  /** Whether keys are for the record now: not while the list beside it has the focus. */
  readonly active: () => boolean;
  readonly staff: boolean;
  readonly write: (voice: Voice) => void;
  readonly toggleVoice: () => void;
  readonly copy: (what: 'number' | 'title' | 'address') => void;
  readonly editTitle: () => void;
  readonly merge: () => void;
  readonly escalate: () => void;
  /** Null where who may read it is not to be said any more. */
  readonly restrict: (() => void) | null;
  /** Whom it can call now, by their names. */
  readonly calls: readonly { readonly label: string; readonly run: () => void }[];
  readonly close: (() => void) | undefined;
}

/** Everything the keyboard does on an open record. */
export function recordActs(handles: RecordHandles): readonly Act[] {
  const acts = handles.staff ? [...readingActs(handles), ...staffActs(handles)] : readingActs(handles);
  return acts.map((act) => ({ ...act, when: () => handles.active() && (act.when?.() ?? true) }));
}

function readingActs({ write, copy, close }: RecordHandles): Act[] {
  return [
    { label: 'Reply', keys: 'r', run: () => write('reply') },
    { label: 'Copy the number', keys: '.', run: () => copy('number') },
    { label: 'Copy number and title', keys: ', t', run: () => copy('title') },
    { label: 'Copy the address', keys: ', u', run: () => copy('address') },
    {
      label: 'Close the record',
      keys: 'Escape',
      keysOnly: true,
      when: () => close !== undefined,
      run: () => close?.(),
    },
  ];
}

function staffActs({
  id,
  actions,
  write,
  toggleVoice,
  editTitle,
  merge,
  escalate,
  restrict,
  calls,
}: RecordHandles): Act[] {
  const ask = (question: Parameters<TicketActions['ask']>[0]) => () => actions.ask(question, [id]);
  return [
    { label: 'Internal note', keys: 'x', run: () => write('note') },
    { label: 'Turn reply into note and back', keys: 'i', run: toggleVoice },
    { label: 'Claim: assign to me', keys: 'm', run: () => actions.apply({ kind: 'claim' }, [id]) },
    { label: 'Assign', keys: 'a', run: ask('assign') },
    { label: 'Change state', keys: 's', run: ask('state') },
    { label: 'Set priority', keys: 'p', run: ask('priority') },
    { label: 'Tags', keys: 'l', also: 'label', run: ask('tags') },
    { label: 'Snooze', keys: 'h', run: ask('snooze') },
    { label: 'Change the title', keys: 'e', run: editTitle },
    { label: 'Escalate', keys: 'Shift+E', also: 'raise manager lead expert team', run: escalate },
    ...calls.map(({ label, run }) => ({ label, run, also: 'page on-call escalate team notify' })),
    { label: 'Merge into another record', run: merge },
    {
      label: 'Who may read this',
      also: 'restrict private confidential readers lock',
      when: () => restrict !== null,
      run: () => restrict?.(),
    },
    { label: 'Undo', keys: 'z', run: () => actions.undo() },
  ];
}
