/** A process of its own with people who write in one room, each with a stock client: answers `room-writers.bench.ts`. */
import { addEntry, sharedText, writtenList } from '@muster/documents';
import { personId } from '@muster/domain/shared';
import { openStockClient } from '@muster/server/testing';
import type { StockClient, TestAccount } from '@muster/server/testing';
import { ulid } from 'ulid';
import * as Y from 'yjs';
import { HttpSession } from '../../support/session.ts';
import { Random } from '../../support/sync/random.ts';
import { answerParent } from '../sync/process/rpc.ts';
import { typeRoom } from './fill.ts';

/** Between two keys of a person, at random. */
const KEY_MS = [120, 380] as const;
/** As long as a sentence; then the next entry is begun. */
const ENTRY_CHARACTERS = 60;
const CARET_EVERY_MS = 400;
const SEED = 2026;

export interface Seats {
  readonly url: string;
  readonly room: string;
  readonly accounts: readonly TestAccount[];
}

class Writer {
  readonly account: TestAccount;
  readonly client: StockClient;
  readonly #random: Random;
  #text: Y.Text | null = null;
  #id = '';
  #saidCaretAt = 0;
  #timer: NodeJS.Timeout | null = null;
  keys = 0;

  constructor(account: TestAccount, client: StockClient, random: Random) {
    this.account = account;
    this.client = client;
    this.#random = random;
  }

  /** Begins an entry about an instant. */
  begin(at: number): void {
    const { doc } = this.client;
    this.#id = ulid();
    const head = { id: this.#id, at, writtenAt: Date.now(), by: this.account.id } as const;
    addEntry(doc, { ...head, kind: 'observation', source: null, text: '' });
    const list = writtenList(doc, 'timeline');
    this.#text = sharedText(list.get(list.length - 1));
  }

  type(): void {
    const [least, most] = KEY_MS;
    this.#timer = setTimeout(
      () => {
        this.#key();
        this.type();
      },
      least + this.#random.below(most - least),
    );
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.client.destroy();
  }

  #key(): void {
    const text = this.#text;
    if (text === null) return;
    // what is written down meanwhile is about some minutes ago, so that what is looked at stays in sight
    if (text.length >= ENTRY_CHARACTERS)
      return this.begin(Date.now() - 60_000 * (1 + this.#random.below(90)));
    text.insert(text.length, this.keys % 6 === 5 ? ' ' : 'abcdefgh'.charAt(this.#random.below(8)));
    this.keys += 1;
    if (Date.now() - this.#saidCaretAt < CARET_EVERY_MS) return;
    this.#saidCaretAt = Date.now();
    const head = Y.relativePositionToJSON(
      Y.createRelativePositionFromTypeIndex(text, text.length, -1),
    ) as unknown;
    this.client.provider.awareness.setLocalStateField('words', { id: this.#id, head });
  }
}

/** Stock providers listen for the end of a Node process, once for each document. */
process.setMaxListeners(0);

let writers: readonly Writer[] = [];

const api = {
  /** Everybody takes their seat in the room. */
  async open({ url, room, accounts }: Seats): Promise<void> {
    const random = new Random(SEED);
    writers = await Promise.all(
      accounts.map(async (account) => {
        const { cookie } = await HttpSession.signIn(url, account);
        const client = openStockClient(url, room, { cookie });
        await client.synced();
        return new Writer(account, client, random);
      }),
    );
  },

  /** Fills the room with the entries of many hours; answers the recording's frames of them. */
  async fill(entries: number, begun: number, spanMs: number): Promise<{ at: number; update: Uint8Array }[]> {
    const [first, second] = writers;
    if (first === undefined || second === undefined) throw new Error('nobody sits in the room');
    const random = new Random(SEED);
    const room = typeRoom({ entries, by: personId(first.account.id), begun, spanMs, random });
    const before = { at: begun, update: Y.encodeStateAsUpdate(first.client.doc) };
    let written = writtenList(first.client.doc, 'timeline').length;
    for (const part of room.parts) {
      Y.applyUpdate(first.client.doc, part);
      written = writtenList(first.client.doc, 'timeline').length;
      // what another one sees is on the server's disk
      await until(() => writtenList(second.client.doc, 'timeline').length >= written);
    }
    return [before, ...room.frames];
  },

  /** Everybody begins an entry about now, and types from then on. */
  begin(): void {
    for (const [place, writer] of writers.entries()) {
      writer.begin(Date.now() - 60_000 + place);
      writer.type();
    }
  },

  /** Keys that everybody together typed so far. */
  keys: (): number => writers.reduce((sum, { keys }) => sum + keys, 0),

  stop(): void {
    for (const writer of writers) writer.stop();
  },
};

export type WriterApi = typeof api;

async function until(condition: () => boolean, patienceMs = 60_000): Promise<void> {
  const end = Date.now() + patienceMs;
  while (!condition()) {
    if (Date.now() > end) throw new Error('the room did not fill');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

answerParent(api);
