import type { RecordId } from '@muster/domain/shared';
import type { Act } from '#lib/shell/shortcuts.svelte.ts';
import type { TicketActions } from '../acts/ticket-actions.svelte.ts';
import type { QueueModel } from './queue-model.svelte.ts';
import type { QueueSelection } from './queue-selection.svelte.ts';

export interface QueueHandles {
  readonly model: QueueModel;
  readonly selection: QueueSelection;
  readonly actions: TicketActions;
  /** Whether keys are for the list now: not while the record beside it has the focus. */
  readonly active: () => boolean;
  readonly reveal: () => void;
  readonly pageSize: () => number;
  readonly open: (id: RecordId) => void;
  readonly peek: (id: RecordId) => void;
  readonly close: () => void;
  readonly create: () => void;
  readonly focusFilter: () => void;
}

/** Everything the keyboard does in a queue. */
export function queueActs(handles: QueueHandles): readonly Act[] {
  return [...movingActs(handles), ...choosingActs(handles), ...changingActs(handles)].map((act) => ({
    ...act,
    when: () => handles.active() && (act.when?.() ?? true),
  }));
}

function movingActs({
  selection,
  reveal,
  pageSize,
  open,
  peek,
  close,
  model,
  focusFilter,
}: QueueHandles): Act[] {
  const move =
    (rows: () => number, extend = false) =>
    () => {
      selection.moveBy(rows(), extend);
      reveal();
    };
  const far = Number.MAX_SAFE_INTEGER;
  const atCursor = (act: (id: RecordId) => void) => () => {
    if (selection.cursor !== null) act(selection.cursor);
  };
  return [
    { label: 'Next row', keys: ['j', 'ArrowDown'], keysOnly: true, run: move(() => 1) },
    { label: 'Row before', keys: ['k', 'ArrowUp'], keysOnly: true, run: move(() => -1) },
    {
      label: 'Choose downwards',
      keys: ['Shift+ArrowDown', 'Shift+J'],
      keysOnly: true,
      run: move(() => 1, true),
    },
    {
      label: 'Choose upwards',
      keys: ['Shift+ArrowUp', 'Shift+K'],
      keysOnly: true,
      run: move(() => -1, true),
    },
    { label: 'A screen down', keys: 'PageDown', keysOnly: true, run: move(pageSize) },
    { label: 'A screen up', keys: 'PageUp', keysOnly: true, run: move(() => -pageSize()) },
    { label: 'First row', keys: 'Home', keysOnly: true, run: move(() => -far) },
    { label: 'Last row', keys: 'End', keysOnly: true, run: move(() => far) },
    { label: 'Open', keys: 'Enter', keysOnly: true, run: atCursor(open) },
    { label: 'Look into it beside the list', keys: 'Space', keysOnly: true, run: atCursor(peek) },
    { label: 'Back to the list', keys: 'Escape', keysOnly: true, run: close },
    { label: 'Filter', keys: 'f', run: focusFilter },
    {
      label: 'Refresh the list: take in what is new',
      keys: 'u',
      run: () => model.refresh(),
    },
  ];
}

function choosingActs({ selection, model }: QueueHandles): Act[] {
  return [
    {
      label: 'Choose this row',
      keys: 'x',
      keysOnly: true,
      run: () => {
        if (selection.cursor !== null) selection.toggle(selection.cursor);
      },
    },
    { label: 'Choose all that match', keys: 'Mod+A', run: () => selection.choose(model.matching) },
    { label: 'Choose none', when: () => selection.chosen.size > 0, run: () => selection.clear() },
  ];
}

function changingActs({ selection, actions, create }: QueueHandles): Act[] {
  const some = () => selection.targets.length > 0;
  const ask = (question: Parameters<TicketActions['ask']>[0]) => () =>
    actions.ask(question, selection.targets);
  return [
    { label: 'Create', keys: 'c', run: create },
    { label: 'Assign', keys: 'a', when: some, run: ask('assign') },
    {
      label: 'Claim: assign to me',
      keys: 'm',
      when: some,
      run: () => actions.apply({ kind: 'claim' }, selection.targets),
    },
    { label: 'Change state', keys: 's', when: some, run: ask('state') },
    { label: 'Set priority', keys: 'p', when: some, run: ask('priority') },
    { label: 'Tags', keys: 'l', also: 'label', when: some, run: ask('tags') },
    { label: 'Snooze', keys: 'h', also: 'remind later', when: some, run: ask('snooze') },
    { label: 'Change service, category or kind', when: some, run: ask('edit') },
    { label: 'Undo', keys: 'z', run: () => actions.undo() },
  ];
}
