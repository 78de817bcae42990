import { recordId } from '@muster/domain/shared';
import { flushSync } from 'svelte';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Handle } from '../connection/shelf.ts';
import { Listeners } from '../connection/listeners.ts';
import { LivePresence } from './presence.ts';
import { readPresence } from './presence-state.ts';
import { ANA, BEN } from './test-support/desk.ts';
import { watch } from './test-support/watch.svelte.ts';
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as Y from 'yjs';

const R1 = recordId('R00001');
const R2 = recordId('R00002');

let board: ReturnType<typeof openBoard>;
/** Of R2, which names its readers. */
let journal: ReturnType<typeof openBoard>;
let mine: LivePresence;
let hidden: boolean;
let seen: Listeners;

/** The awareness of one board as Ana's tab has it, with a way for others to speak as the server passes it on. */
function openBoard() {
  const awareness = new Awareness(new Y.Doc());
  awareness.setLocalState(null);
  const changed = new Listeners();
  const handle = {
    current: { link: { awareness } },
    onChange: (listener: () => void) => changed.add(listener),
    release: () => undefined,
  } as unknown as Handle;
  return {
    awareness,
    handle,
    /** Another tab; null leaves. */
    join(user: { readonly id: string; readonly name: string } | null) {
      const other = new Awareness(new Y.Doc());
      const say = (state: object | null) => {
        other.setLocalState(state && user ? { ...state, user: { ...user, color: '#336699' } } : state);
        applyAwarenessUpdate(awareness, encodeAwarenessUpdate(other, [other.clientID]), 'wire');
      };
      return { say, end: () => other.destroy() };
    },
    close: () => awareness.destroy(),
  };
}

beforeEach(() => {
  board = openBoard();
  journal = openBoard();
  hidden = false;
  seen = new Listeners();
  mine = new LivePresence({
    me: ANA.id,
    homeOf: () => board.handle,
    namesReaders: (record) => record === R2,
    openJournal: () => journal.handle,
    isHidden: () => hidden,
    onVisibility: (listener) => seen.add(listener),
  });
  mine.follow([board.handle]);
});

afterEach(() => {
  mine.close();
  board.close();
  journal.close();
});

describe('presence', () => {
  it('shows who is on a record to the readers of that record and to no others', () => {
    const first = watch(() => mine.on(R1).map(({ name, state, part }) => [name, state, part]));
    const second = watch(() => mine.on(R2).length);
    const ben = board.join(BEN);
    ben.say({ at: { record: R1, part: 'reply', idle: false } });
    flushSync();
    expect(first.value).toEqual([['Ben Okafor', 'editing', 'reply']]);
    expect([first.runs, second.runs]).toEqual([2, 1]);
    ben.say({ at: { record: R2, part: null, idle: false } });
    flushSync();
    expect(first.value).toEqual([]);
    expect(second.value).toBe(1);
    ben.say(null);
    flushSync();
    expect(second.value).toBe(0);
    ben.end();
    first.stop();
    second.stop();
  });

  it('counts a person with two tabs once, where they do most, and never me', () => {
    const looking = board.join(BEN);
    const writing = board.join(BEN);
    const myOtherTab = board.join(ANA);
    looking.say({ at: { record: R1, part: null, idle: true } });
    writing.say({ at: { record: R1, part: 'note', idle: false } });
    myOtherTab.say({ at: { record: R1, part: null, idle: false } });
    expect(mine.on(R1)).toMatchObject([
      { person: BEN.id, state: 'editing', part: 'note', colour: '#336699' },
    ]);
    expect(mine.everyone).toHaveLength(1);
    for (const tab of [looking, writing, myOtherTab]) tab.end();
  });

  it('leaves out whom the server has not named', () => {
    const forged = board.join(null);
    forged.say({ at: { record: R1, part: null, idle: false }, user: 'Ana' });
    expect(mine.on(R1)).toEqual([]);
    expect(readPresence({ at: { record: R1 } })).toBeNull();
    expect(readPresence(null)).toBeNull();
    forged.end();
  });

  it('[INC-135] is told in the journal of a record with named readers, and on no board', () => {
    const cleo = journal.join({ id: 'cleo', name: 'Cleo Marsh' });
    mine.at(R2, 'note');
    expect(journal.awareness.getLocalState()).toEqual({ at: { record: R2, part: 'note', idle: false } });
    expect(board.awareness.getLocalState()).toEqual({ at: { record: null, part: null, idle: false } });
    cleo.say({ at: { record: R2, part: null, idle: false } });
    expect(mine.on(R2)).toMatchObject([{ name: 'Cleo Marsh', state: 'viewing' }]);
    mine.at(R1);
    expect(journal.awareness.getLocalState()).toBeNull();
    expect(board.awareness.getLocalState()).toMatchObject({ at: { record: R1 } });
    expect(mine.on(R2)).toEqual([]);
    cleo.end();
  });

  it('says where I am, once, and that I am idle while the tab is hidden', () => {
    let said = 0;
    board.awareness.on('update', () => (said += 1));
    mine.at(R1, 'reply');
    mine.at(R1, 'reply');
    expect(said).toBe(1);
    expect(board.awareness.getLocalState()).toEqual({ at: { record: R1, part: 'reply', idle: false } });
    hidden = true;
    seen.tell();
    expect(board.awareness.getLocalState()).toEqual({ at: { record: R1, part: 'reply', idle: true } });
    mine.close();
    expect(board.awareness.getLocalState()).toBeNull();
  });
});
