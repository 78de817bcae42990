import type { InboxItem } from '@muster/documents';
import { commandId, personId, recordId } from '@muster/domain/shared';
import { describe, expect, it } from 'vitest';
import type { StoredAttention } from '../connection/local-schema.ts';
import { LiveAttention } from './attention.ts';
import type { LiveAttentionOptions } from './attention.ts';
import { SHOWN_BY } from './shown-by.ts';

const NOW = 1_780_000_000_000;
const RECORD = recordId('01C00000000000000000000001');
const REFUSAL = { code: 'change/not-permitted', permission: 'change.work' } as const;
const OTHER_FIRST: StoredAttention['outcome'] = {
  outcome: 'superseded',
  by: { person: personId('bo'), at: NOW, what: 'moved' },
  reason: 'already-there',
};

/** Acts of every kind that is about no ticket, with the words that would be lost. */
const ACTS = [
  [
    'change.create',
    { model: 'normal', fields: { title: 'New router', items: ['mail'] } },
    { change: { verb: 'create', model: 'normal', fields: { title: 'New router', items: ['mail'] } } },
    'New router',
  ],
  [
    'change.vote',
    { vote: 'rejected', read: { 'plan:backout': 'digest' }, note: 'No way back' },
    { change: { verb: 'vote', vote: 'rejected', read: { 'plan:backout': 'digest' }, note: 'No way back' } },
    'No way back',
  ],
  [
    'change.add-task',
    { task: 'a', fields: { title: 'Swap it', kind: 'implementation', backout: 'Swap it back' } },
    {
      change: {
        ...{ verb: 'add-task', task: 'a' },
        fields: { title: 'Swap it', kind: 'implementation', backout: 'Swap it back' },
      },
    },
    'Swap it\n\nSwap it back',
  ],
  ['change.release', {}, { change: { verb: 'release' } }, null],
  [
    'change-template.propose',
    { fields: { name: 'Patches', plans: { implementation: 'Patch', backout: 'Roll back' }, minutes: 60 } },
    {
      template: {
        verb: 'propose',
        fields: { name: 'Patches', plans: { implementation: 'Patch', backout: 'Roll back' }, minutes: 60 },
      },
    },
    'Patches\n\nPatch\n\nRoll back',
  ],
  [
    'release.add-steps',
    { steps: [{ id: 's', title: 'Stop mail', rollback: 'Start mail' }] },
    { release: { verb: 'add-steps', steps: [{ id: 's', title: 'Stop mail', rollback: 'Start mail' }] } },
    'Stop mail\n\nStart mail',
  ],
  [
    'item.edit',
    { fields: { name: 'db-2', attributes: { memory_gb: 64 } } },
    { item: { verb: 'edit', fields: { name: 'db-2', attributes: { memory_gb: 64 } } } },
    'db-2',
  ],
  ['relation.remove', {}, { relation: { verb: 'remove' } }, null],
  ['release.tick', { step: 's' }, { release: { verb: 'tick', step: 's' } }, null],
  [
    'release.transition',
    { to: 'no_go', reason: 'Tests fail' },
    { release: { verb: 'transition', to: 'no_go', reason: 'Tests fail' } },
    'Tests fail',
  ],
] as const;

describe('the tray of what needs attention', () => {
  it.each([...SHOWN_BY.keys()])('loses no refused act of `%s.…`', async (kind) => {
    const acts = [stored(`${kind}.edit`, {}, { outcome: 'refused', refusal: REFUSAL })];
    const { items } = await tray({ acts });
    expect(items()).toHaveLength(1);
  });

  it.each(ACTS)('keeps a refused act `%s` with its words', async (type, args, act, kept) => {
    const { items } = await tray({ acts: [stored(type, args, { outcome: 'refused', refusal: REFUSAL })] });
    expect(items()).toEqual([
      {
        ...{ id: 'one', at: NOW, kind: 'refused', record: RECORD, process: null, act: null },
        ...{ ...act, detail: REFUSAL, kept },
      },
    ]);
  });

  it.each(ACTS)(
    'shows `%s` that was refused on another device as it was tried',
    async (type, args, act, kept) => {
      const { items } = await tray({
        told: [told('refused', { command: 'one', type, args, refusal: REFUSAL })],
      });
      expect(items()).toMatchObject([
        { kind: 'refused', record: RECORD, act: null, ...act, detail: REFUSAL, kept },
      ]);
    },
  );

  it('tells of an act that came too late what came first', async () => {
    const { items } = await tray({ acts: [stored('change.hold', { reason: 'Wait' }, OTHER_FIRST)] });
    expect(items()).toMatchObject([
      { kind: 'superseded', detail: { person: 'bo', reason: 'already-there' }, kept: 'Wait' },
    ]);
  });

  it('shows once what is known by the disk and by the inbox, and lets go of both when it is dismissed', async () => {
    const type = 'release.tick';
    const args = { step: 's' };
    const { items, attention, read, dismissed } = await tray({
      acts: [stored(type, args, { outcome: 'refused', refusal: REFUSAL })],
      told: [told('refused', { command: 'one', type, args, refusal: REFUSAL })],
    });
    expect(items()).toHaveLength(1);
    attention.dismiss('one');
    expect(items()).toEqual([]);
    expect([read, dismissed]).toEqual([['told'], ['one']]);
  });

  it('holds nothing for what is no loss', async () => {
    const refused = { outcome: 'refused', refusal: REFUSAL } as const;
    const { items } = await tray({
      acts: [
        stored('announcement.acknowledge', { revision: 1 }, refused),
        stored('inbox.read', { items: [] }, refused),
      ],
    });
    expect(items()).toEqual([]);
  });

  it('does no act again that is not on a ticket: its page is where it is done', async () => {
    const { attention, ran } = await tray({
      acts: [stored('change.hold', { reason: 'Wait' }, { outcome: 'refused', refusal: REFUSAL })],
    });
    expect(attention.again('one')).toBeNull();
    expect(ran).toEqual([]);
  });
});

describe('what others replaced', () => {
  const replaced = (process: string | null, detail: object) => [
    told('replaced', { value: 'Mine', with: 'Theirs', by: 'bo', at: NOW, ...detail }, process),
  ];
  const edit = { verb: 'edit', fields: { title: 'Mine' } };

  it.each([
    ['a request', 'desk', { field: 'title' }, ['desk', edit]],
    ['a problem', 'problem', { field: 'title' }, ['problem', edit]],
    ['a known error', 'problem', { field: 'title', in: 'known-error' }, ['error', edit]],
    ['an item', 'configuration', { field: 'name' }, ['item', { verb: 'edit', fields: { name: 'Mine' } }]],
    [
      'an attribute of an item',
      'configuration',
      { field: 'attribute:memory_gb', value: 64 },
      ['item', { verb: 'edit', fields: { attributes: { memory_gb: 64 } } }],
    ],
    [
      'an attribute that was not there',
      'configuration',
      { field: 'attribute:memory_gb', value: null },
      ['item', { verb: 'edit', fields: { attributes: { memory_gb: null } } }],
    ],
  ])('on %s is put back by an act of its own process', async (_what, process, detail, [of, act]) => {
    const { attention, items, acts, dismissed } = await tray({ told: replaced(process, detail) });
    expect(items()).toHaveLength(1);
    expect(await attention.again('told')?.kept).toBe('kept');
    expect(acts).toEqual([[of, RECORD, act]]);
    await Promise.resolve();
    expect(dismissed).toEqual(['told']);
  });

  it.each([
    ['a change', 'change', { field: 'title' }],
    ['a release', 'release', { field: 'title' }],
    ['a cause of a problem', 'problem', { field: 'cause' }],
    ['a field of another version of a problem', 'problem', { field: 'toString' }],
    ['a field of another version of an item', 'configuration', { field: 'attributes' }],
    ['nobody knows what', null, { field: 'title' }],
  ])('on %s is put back where it is, not here', async (_what, process, detail) => {
    const { attention, items, acts, dismissed } = await tray({ told: replaced(process, detail) });
    expect(items()).toMatchObject([{ kind: 'replaced', act: null }]);
    expect(items()[0]).not.toHaveProperty('problem');
    expect(attention.again('told')).toBeNull();
    expect([acts, dismissed]).toEqual([[], []]);
  });

  it('stays while it cannot be put back, as the record is not here or the rules say no', async () => {
    const refused = { outcome: 'refused', refusal: REFUSAL } as const;
    for (const answer of [refused, 'unreachable'] as const) {
      const { attention, items } = await tray({ told: replaced('problem', { field: 'title' }), answer });
      const kept = attention.again('told')?.kept;
      await (answer === 'unreachable'
        ? expect(kept).rejects.toThrow('unreachable')
        : expect(kept).resolves.toEqual(refused));
      expect(items()).toHaveLength(1);
    }
  });
});

function stored(type: string, args: object, outcome: StoredAttention['outcome']): StoredAttention {
  const envelope = { id: commandId('one'), type, target: RECORD, args, basis: 1, clientAt: NOW };
  return { id: commandId('one'), at: NOW, envelope, outcome };
}

function told(
  kind: InboxItem['kind'],
  detail: InboxItem['detail'],
  process: string | null = 'change',
): InboxItem {
  return { id: 'told', at: NOW, kind, process, record: RECORD, detail, read: false } as InboxItem;
}

interface Held {
  readonly acts?: StoredAttention[];
  readonly told?: InboxItem[];
  readonly answer?: 'kept' | 'unreachable' | StoredAttention['outcome'];
}

/** The tray of a person with this on the disk and in the inbox. */
async function tray({ acts = [], told = [], answer = 'kept' }: Held) {
  const [read, dismissed, ran]: string[][] = [[], [], []];
  const done: unknown[] = [];
  const never = () => () => undefined;
  /** An act of a process that was taken as `answer` says. */
  const take = (of: string, target: string, act: { readonly verb: string }) => {
    ran!.push(act.verb);
    done.push([of, target, act]);
    return { kept: Promise.resolve(answer), settled: new Promise(() => undefined) };
  };
  const part = (of: string) => {
    const run = (target: string, act: { readonly verb: string }) => take(of, target, act);
    return () =>
      answer === 'unreachable' ? Promise.reject(new Error(answer)) : Promise.resolve({ run, runItem: run });
  };
  const options: Pick<LiveAttentionOptions, 'ticketOf'> & {
    readonly [Part in 'commands' | 'connection' | 'inbox' | 'parts']: object;
  } = {
    connection: {
      outbox: { onAnswered: never },
      setAside: {
        read: () => Promise.resolve({ acts, texts: [] }),
        onChange: never,
        dismiss: (id: string) => dismissed!.push(id),
      },
    },
    inbox: { items: told, onChange: never, markRead: (ids: string[]) => read!.push(...ids) },
    commands: { run: take },
    parts: { problem: part('problem'), error: part('error'), item: part('item') },
    ticketOf: () => undefined,
  };
  // as much of the connection and of the inbox as the tray looks at
  const attention = new LiveAttention(options as LiveAttentionOptions);
  await Promise.resolve();
  return { attention, read, dismissed, ran, acts: done, items: () => attention.items };
}
