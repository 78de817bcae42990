/**
 * The indicator against the truth: random acts and faults, and after each step what every tab says is compared with
 * what really is on the disk, read as the next visit would read it, and on the server. At the end all is healed, and
 * what was ever called kept or saved must be at the server, done once.
 */
import { draftName, listDrafts, writeDraft } from '@muster/documents';
import type { CommandEnvelope, CommandOutcome } from '@muster/domain/shared';
import { personId } from '@muster/domain/shared';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { BoundaryError } from '../connection/boundary-error.ts';
import { Connection } from '../connection/connection.ts';
import type { ConnectionOptions } from '../connection/connection-options.ts';
import type { Handle } from '../connection/shelf.ts';
import type { Exclusive } from '../connection/tabs.ts';
import { faultyDisk } from '../connection/test-support/faulty-disk.ts';
import type { DiskFault } from '../connection/test-support/faulty-disk.ts';
import { claim, freshDisk, tabsOfOneBrowser } from '../connection/test-support/local.ts';
import { until } from '../connection/test-support/until.ts';
import { openWire } from '../connection/test-support/wire.ts';
import { LiveSaving } from './saving.ts';

const ANA = personId('ANA');
const DRAFT = draftName(ANA);
const DAY = 86_400_000;

type Step =
  | { readonly do: 'act' | 'write' | 'kill' | 'retry'; readonly tab: number }
  | { readonly do: 'open-tab' | 'close-handles' | 'delete-database' | 'rest' | 'keep' }
  | { readonly do: 'network' | 'acknowledging'; readonly on: boolean }
  | { readonly do: 'fault'; readonly fault: DiskFault; readonly on: boolean }
  | { readonly do: 'clock'; readonly days: number };

const tab = fc.nat(3);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constantFrom('act' as const, 'write' as const), tab }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('kill' as const, 'retry' as const), tab }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'open-tab' as const,
        'close-handles' as const,
        'delete-database' as const,
        'rest' as const,
        'keep' as const,
      ),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('network' as const, 'acknowledging' as const),
      on: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('fault' as const),
      fault: fc.constantFrom<DiskFault>('full', 'failing', 'lost', 'refused'),
      on: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('clock' as const), days: fc.integer({ min: -9, max: 9 }) }),
  },
);

/** One tab, and what was done in it. */
interface Tab {
  readonly connection: Connection;
  readonly saving: LiveSaving;
  readonly drafts: Handle;
  readonly done: Set<string>;
}

/** One browser and one server. What people do is told apart by ids: of acts, and of drafts of one word. */
class World {
  readonly disk = faultyDisk(ANA);
  readonly wire = openWire();
  readonly #openTabs = tabsOfOneBrowser();
  readonly #lock = oneAtATime();
  readonly #ran = new Map<string, number>();
  readonly #sent: string[] = [];
  readonly tabs: Tab[] = [];
  /** What some tab has called kept or saved, and nothing has taken away from the device since. */
  readonly promised = new Set<string>();
  /** Of that: what a deletion took from the disk, and no tab has called kept again since. */
  readonly #taken = new Set<string>();
  #online = true;
  #acknowledged: Y.Doc | null = null;
  #clock = Date.UTC(2026, 10, 20);
  #made = 0;

  openTab(): void {
    const api = {
      documents: () => this.#reach([{ name: DRAFT, kind: 'draft' }]),
      store: () => this.#reach(null),
      commands: (batch: readonly CommandEnvelope[]) => this.#reach(null).then(() => this.#run(batch)),
    };
    const connection = new Connection({
      person: ANA,
      api: api as ConnectionOptions['api'],
      transport: this.wire.transport,
      now: () => this.#clock,
      openTabs: this.#openTabs,
      exclusive: () => this.#lock,
    });
    const drafts = connection.shelf.open(DRAFT);
    this.tabs.push({
      connection,
      saving: new LiveSaving(connection, () => this.#online),
      drafts,
      done: new Set(),
    });
    void connection.start();
  }

  async take(step: Step): Promise<void> {
    switch (step.do) {
      case 'open-tab':
        if (this.tabs.length < 4) this.openTab();
        return;
      case 'act': {
        const envelope = claim(`R${(this.#made += 1)}`);
        const done = this.#tab(step.tab);
        done.done.add(envelope.id);
        void done.connection.outbox.submit(envelope).settled;
        return;
      }
      case 'write': {
        const id = `note:W${String((this.#made += 1)).padStart(5, '0')}`;
        const done = this.#tab(step.tab);
        const doc = done.drafts.current?.doc;
        if (!doc) return;
        done.done.add(id);
        writeDraft(doc, id, 'word', this.#clock, 'typed');
        return;
      }
      case 'kill': {
        const [killed] = this.tabs.splice(step.tab % this.tabs.length, 1);
        const warned = killed?.connection.wouldLose === true;
        // nothing that it does at its end reaches the disk
        const faults = [...this.disk.faults];
        this.disk.faults.add('lost').add('refused');
        killed?.saving.close();
        await killed?.connection.close();
        this.disk.faults.clear();
        for (const fault of faults) this.disk.faults.add(fault);
        if (warned) await this.#forgiveTaken();
        if (this.tabs.length === 0) this.openTab();
        return;
      }
      case 'retry':
        if (this.#online) this.#tab(step.tab).saving.retry();
        return;
      case 'close-handles':
        return this.disk.closeBehindTheBack();
      case 'delete-database':
        await this.disk.deleteEverything();
        return this.#forgive();
      case 'network':
        this.#online = step.on;
        return step.on ? this.wire.plugIn() : this.wire.unplug();
      case 'acknowledging':
        this.#acknowledged = step.on ? null : (this.#acknowledged ?? copyOf(this.wire.document(DRAFT)));
        return this.wire.acknowledge(step.on);
      case 'fault':
        if (step.on) this.disk.faults.add(step.fault);
        else this.disk.faults.delete(step.fault);
        return;
      case 'clock':
        this.#clock += step.days * DAY;
        return;
      case 'rest':
        // as many turns as a transaction takes
        for (let turn = 0; turn < 20; turn += 1) await aTurn();
        return;
      case 'keep':
        return this.#keep();
    }
  }

  /** Compares what every tab says at this moment with what is so. */
  async check(): Promise<void> {
    // whoever lost the disk has had the word of it
    await Promise.all(this.tabs.map(({ connection }) => connection.notes.read('any')));
    const durable = this.#durable();
    const said = this.tabs.map(({ saving, connection, done }) => ({
      state: saving.state,
      warns: connection.wouldLose,
      done: [...done],
    }));
    for (const { state, warns, done } of said) {
      const unsaved = done.filter((id) => !durable.has(id));
      if (state === 'saved') expect(unsaved, 'saved, and not on the server').toEqual([]);
      if (state === 'not-saved' || state === 'keeping')
        expect(warns, `${state}, and closing is quiet`).toBe(true);
      else expect(warns, `${state}, and closing warns`).toBe(false);
      if (state === 'saved') this.#promise(done);
    }
    const { acts, doc } = await this.disk.look(DRAFT);
    const kept = new Set([...acts, ...wordsIn(doc), ...this.#durable()]);
    for (const { state, done } of said) {
      if (state !== 'on-this-device') continue;
      expect(
        done.filter((id) => !kept.has(id)),
        'on this device, and not on its disk',
      ).toEqual([]);
      this.#promise(done);
    }
  }

  /** Everything works again: what was promised is at the server, each act once. */
  async healed(): Promise<void> {
    this.disk.faults.clear();
    this.#online = true;
    this.#acknowledged = null;
    this.wire.plugIn();
    this.wire.acknowledge(true);
    for (const { saving } of this.tabs) saving.retry();
    const missing = () => [...this.promised].filter((id) => !this.#durable().has(id));
    const all = () => this.tabs.every(({ saving }) => saving.state === 'saved' && saving.waiting === 0);
    await until(() => all() && missing().length === 0, 'all that was promised, at the server');
    expect([...this.#ran].filter(([, times]) => times !== 1)).toEqual([]);
    const durable = this.#durable();
    for (const { done } of this.tabs) expect([...done].filter((id) => !durable.has(id))).toEqual([]);
  }

  async close(): Promise<void> {
    for (const { connection, saving } of this.tabs) {
      saving.close();
      await connection.close();
    }
  }

  #tab(index: number): Tab {
    const found = this.tabs[index % this.tabs.length];
    if (!found) throw new Error('no tab is open');
    return found;
  }

  #promise(done: readonly string[]): void {
    for (const id of done) {
      this.promised.add(id);
      this.#taken.delete(id);
    }
  }

  /** What a tab has in memory a disk that works takes soon: the disk alone is waited for, and no clock. */
  async #keep(): Promise<void> {
    const unkept = () =>
      this.tabs.filter(({ connection }) => connection.wouldLose && connection.deviceProblem === null);
    for (let turn = 0; turn < KEPT_WITHIN_TURNS && unkept().length > 0; turn += 1) await aTurn();
    if (this.disk.faults.size === 0) expect(unkept(), 'a disk that works, and not kept').toEqual([]);
  }

  /** A deletion takes what no living tab holds: nobody is left to put it back. The others put theirs back. */
  #forgive(): void {
    const left = new Set([...this.#heldByTabs(), ...this.#durable()]);
    for (const id of this.promised) if (!left.has(id)) this.promised.delete(id);
    const durable = this.#durable();
    for (const id of this.promised) if (!durable.has(id)) this.#taken.add(id);
  }

  /** A tab that said that it would lose something was killed before it could put back what a deletion had taken. */
  async #forgiveTaken(): Promise<void> {
    const { acts, doc } = await this.disk.look(DRAFT);
    const left = new Set([...acts, ...wordsIn(doc), ...this.#heldByTabs(), ...this.#durable()]);
    for (const id of this.#taken) {
      if (left.has(id)) continue;
      this.#taken.delete(id);
      this.promised.delete(id);
    }
  }

  #heldByTabs(): readonly string[] {
    return this.tabs.flatMap(({ done, connection, drafts }) => [
      ...done,
      ...connection.outbox.commands.map(({ id }) => id),
      ...(drafts.current ? wordsIn(drafts.current.doc) : []),
    ]);
  }

  #durable(): ReadonlySet<string> {
    return new Set([...this.#ran.keys(), ...wordsIn(this.#acknowledged ?? this.wire.document(DRAFT))]);
  }

  #reach<Value>(value: Value): Promise<Value> {
    if (this.#online) return Promise.resolve(value);
    return Promise.reject(new BoundaryError('network', 'The server cannot be reached.'));
  }

  /** Like the server: the same id has the same answer, and runs once. */
  #run(batch: readonly CommandEnvelope[]): readonly CommandOutcome[] {
    return batch.map(({ id }) => {
      this.#sent.push(id);
      if (!this.#ran.has(id)) this.#ran.set(id, 1);
      return { id, outcome: 'applied', version: 2 };
    });
  }
}

function oneAtATime(): Exclusive {
  let free: Promise<unknown> = Promise.resolve();
  return (work) => {
    const run = free.then(work);
    free = run.catch(() => undefined);
    return run;
  };
}

function copyOf(doc: Y.Doc): Y.Doc {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  return copy;
}

const aTurn = () => new Promise<void>((resolve) => setImmediate(resolve));

const wordsIn = (doc: Y.Doc) => listDrafts(doc).map(({ id }) => id);

/** More than a few transactions one after the other take. */
const KEPT_WITHIN_TURNS = 500;

/** Sequences that once went wrong. */
const PINNED: readonly (readonly Step[])[] = [
  // killed before it could put back what was deleted under it
  [
    { do: 'network', on: false },
    { do: 'act', tab: 0 },
    { do: 'delete-database' },
    { do: 'network', on: false },
    { do: 'kill', tab: 0 },
    { do: 'network', on: false },
    { do: 'act', tab: 0 },
    { do: 'act', tab: 0 },
  ],
  // killed with words on the disk that only another tab can send
  [
    { do: 'network', on: false },
    { do: 'open-tab' },
    { do: 'write', tab: 0 },
    { do: 'act', tab: 0 },
    { do: 'kill', tab: 0 },
  ],
  // killed when it must have put it back, though the server cannot be reached
  [
    { do: 'network', on: false },
    { do: 'act', tab: 0 },
    { do: 'delete-database' },
    { do: 'keep' },
    { do: 'kill', tab: 0 },
  ],
];

const RUNS = Number(process.env['MUSTER_FUZZ_RUNS'] ?? 60);
const SEED = Number(process.env['MUSTER_FUZZ_SEED'] ?? 20_261_123);

beforeEach(freshDisk);

afterEach(() => {
  vi.restoreAllMocks();
});

describe('the state of saving', () => {
  it(
    `is true of the disk and of the server after any sequence of acts and faults (seed ${SEED})`,
    { timeout: 60_000 + 1000 * RUNS },
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
          vi.restoreAllMocks();
          freshDisk();
          const world = new World();
          world.openTab();
          try {
            for (const each of steps) {
              await world.take(each);
              await world.check();
            }
            await world.healed();
          } finally {
            world.disk.faults.clear();
            await world.close();
          }
        }),
        { seed: SEED, numRuns: RUNS, examples: PINNED.map((steps) => [[...steps]]) },
      );
      expect.hasAssertions();
    },
  );
});
