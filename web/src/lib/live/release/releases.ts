import { isNonconforming } from '@muster/documents';
import { readReleaseRow, releaseOfKey, rowOfRelease } from '@muster/documents/release';
import type { ReleaseRow as StoredRow } from '@muster/documents/release';
import { servicesAlone } from '@muster/domain/change';
import type { Change, Dependencies } from '@muster/domain/change';
import { changeInRelease } from '@muster/domain/flows';
import type {
  ChangeFact,
  ReleaseAct,
  ReleaseEvent,
  ReleaseFacts,
  ReleaseState,
} from '@muster/domain/release';
import { RECORD_ID_CHOICES, commandId, makeRecordId, tokenOf } from '@muster/domain/shared';
import type { Actor, CommandEnvelope, Directory, Outcome, RecordId } from '@muster/domain/shared';
import { monotonicFactory } from 'ulid';
import type * as Y from 'yjs';
import type { Outbox } from '../../connection/outbox.ts';
import type { PendingCommand } from '../../connection/pending-command.ts';
import type { Handle, Shelf } from '../../connection/shelf.ts';
import type { LiveChanges, LiveJournal } from '../change/live-changes.ts';
import { Grains } from '../grains.ts';
import { openJournal } from '../journal.ts';
import { areSameCommands } from '../same-commands.ts';
import type { SentCommand } from '../sent-command.ts';
import { HeldRelease } from './held-release.ts';
import type { LiveRelease, LiveReleases, ReleaseRow } from './live-releases.ts';
import { OpenedRelease } from './opened-release.ts';
import { RELEASE_PREFIX, isReleaseCommand } from './release-acts.ts';
import { ReleaseRules } from './release-rules.ts';

/**
 * Releases as this device sees them: rows of `board/release`, and the whole of those that are open. Those that are
 * about to be carried out, and those that are watched, are held all the time: their night has no network perhaps.
 */
export class Releases implements LiveReleases {
  readonly #options: ReleasesOptions;
  readonly #grains = new Grains<RecordId>();
  readonly #lists = new Grains<'all' | 'loaded' | 'changes'>();
  readonly #ulid = monotonicFactory();
  readonly #held = new Map<RecordId, { readonly release: HeldRelease; readers: number; kept: boolean }>();
  readonly #stored = new Map<RecordId, StoredRow | null>();
  readonly #rules: ReleaseRules;
  readonly #off: readonly (() => void)[];
  #facts = new WeakMap<Change, ChangeFact>();
  #dependencies: Dependencies | null = null;
  #pending = new Map<RecordId, readonly PendingCommand[]>();
  #board: Handle | undefined;
  #doc: Y.Doc | null = null;
  #stop: () => void = () => undefined;
  #all: readonly ReleaseRow[] | null = null;

  constructor(options: ReleasesOptions) {
    this.#options = options;
    const { actor, directory, outbox } = options;
    this.#rules = new ReleaseRules({ actor, directory, facts: (changes) => this.#peekFacts(changes) });
    this.#off = [outbox.onChange(() => this.#onOutbox()), outbox.onAnswered(() => this.#onOutbox())];
    this.#onOutbox();
  }

  get actor(): Actor {
    return this.#options.actor;
  }

  get loaded(): boolean {
    this.#lists.read('loaded');
    const current = this.#board?.current;
    return this.#board !== undefined && (current === null || current?.loaded === true);
  }

  get all(): readonly ReleaseRow[] {
    this.#lists.read('all');
    return this.#peekAll();
  }

  get(id: RecordId): ReleaseRow | undefined {
    this.#grains.read(id);
    return this.#row(id);
  }

  find(reference: string): RecordId | undefined {
    const wanted = reference.trim().toUpperCase();
    if (wanted === '') return undefined;
    const digits = /^(?:REL-?)?#?(\d+)$/.exec(wanted)?.[1];
    const named = this.#peekAll().filter(
      ({ id, number, token }) =>
        id === wanted ||
        number?.toUpperCase() === wanted ||
        token.toUpperCase() === wanted ||
        (digits !== undefined && number !== null && Number(number.split('-').at(-1)) === Number(digits)),
    );
    return named.toSorted((a, b) => b.madeAt - a.madeAt)[0]?.id;
  }

  newId(): RecordId {
    return makeRecordId(this.#options.now(), randomBelow(RECORD_ID_CHOICES));
  }

  basisOf(id: RecordId): number {
    return this.#held.get(id)?.release.confirmed?.version ?? this.#readRow(id)?.version ?? 0;
  }

  run(id: RecordId, act: ReleaseAct, basis = this.basisOf(id)): SentCommand {
    const { verb, ...args } = act;
    const clientAt = this.#options.now();
    const command = commandId(this.#ulid(clientAt));
    const outcome = this.#outcomeHere(id, act, clientAt);
    if (outcome !== null) {
      const settled = Promise.resolve(outcome);
      return { id: command, target: id, kept: settled, settled };
    }
    const type = `${RELEASE_PREFIX}${verb}`;
    const envelope: CommandEnvelope = { id: command, type, target: id, args, basis, clientAt };
    return { id: command, target: id, ...this.#options.outbox.submit(envelope) };
  }

  open(id: RecordId): LiveRelease {
    const held = this.#hold(id);
    held.readers += 1;
    return new OpenedRelease(
      held.release,
      (release) => this.#readFacts(release?.members ?? []),
      () => {
        held.readers -= 1;
        this.#letGo(id);
      },
    );
  }

  openJournal(id: RecordId): LiveJournal<ReleaseEvent> {
    return openJournal<ReleaseEvent>(this.#options.shelf, id);
  }

  /** Reads this board from now on. */
  follow(board: Handle | undefined): void {
    if (board === this.#board) return;
    this.#stop();
    this.#board = board;
    this.#stop =
      board?.onChange(() => {
        this.#lists.tell('loaded');
        this.#place();
      }) ?? (() => undefined);
    this.#lists.tell('loaded');
    this.#place();
  }

  /** The directory or the changes are others now: what was anticipated with them is worked out anew. */
  refold(): void {
    this.#facts = new WeakMap();
    this.#dependencies = null;
    this.#lists.tell('changes');
    for (const id of this.#pending.keys()) this.#held.get(id)?.release.refresh();
  }

  close(): void {
    for (const off of this.#off) off();
    this.follow(undefined);
    for (const { release } of this.#held.values()) release.close();
    this.#held.clear();
  }

  /** What the rules say here already; null for what the server is asked. */
  #outcomeHere(id: RecordId, act: ReleaseAct, clientAt: number): Outcome | null {
    const state = this.#held.get(id)?.release.peek() ?? null;
    if (!this.#options.knowsOrganisation() || (state === null && act.verb !== 'create')) return null;
    const answer = this.#rules.decide(id, state, act, clientAt);
    if (!answer.ok) return { outcome: 'refused', refusal: answer.refusal };
    const { superseded } = answer.value;
    return superseded === undefined ? null : { outcome: 'superseded', ...superseded };
  }

  #hold(id: RecordId) {
    const known = this.#held.get(id);
    if (known !== undefined) return known;
    const release = new HeldRelease(id, {
      shelf: this.#options.shelf,
      rules: this.#rules,
      commands: (target) => this.#pending.get(target) ?? [],
      advanced: () => this.#finishShown(),
    });
    const held = { release, readers: 0, kept: false };
    this.#held.set(id, held);
    return held;
  }

  #letGo(id: RecordId): void {
    const held = this.#held.get(id);
    if (held === undefined || held.readers > 0 || held.kept) return;
    this.#held.delete(id);
    held.release.close();
  }

  /** Subscribes to the changes. */
  #readFacts(members: readonly RecordId[]): ReleaseFacts {
    this.#lists.read('changes');
    const changes = this.#options.changes();
    for (const member of members) changes?.get(member);
    return this.#peekFacts(members);
  }

  #peekFacts(members: readonly RecordId[]): ReleaseFacts {
    const changes = this.#options.changes();
    const facts = members.flatMap((member) => {
      const change = changes?.peek(member);
      return change === undefined ? [] : [[member, this.#factOf(change)] as const];
    });
    return { changes: new Map(facts), incidents: new Map() };
  }

  /** Worked out once for each change as it stands. */
  #factOf(change: Change): ChangeFact {
    const known = this.#facts.get(change);
    if (known !== undefined) return known;
    this.#dependencies ??= servicesAlone(this.#options.directory().services);
    const fact = changeInRelease(change, this.#dependencies);
    this.#facts.set(change, fact);
    return fact;
  }

  #readRow(id: RecordId): StoredRow | null {
    const known = this.#stored.get(id);
    if (known !== undefined) return known;
    const read = this.#doc === null ? null : readReleaseRow(this.#doc, id);
    const row = read === null || isNonconforming(read) ? null : read;
    this.#stored.set(id, row);
    return row;
  }

  #row(id: RecordId): ReleaseRow | undefined {
    const commands = this.#pending.get(id) ?? [];
    const pending = commands.filter(({ applied }) => applied === null).length;
    const whole = commands.length > 0 ? (this.#held.get(id)?.release.peek() ?? null) : null;
    const row = whole === null ? this.#readRow(id) : rowOfRelease(whole);
    return row === null ? undefined : { ...row, token: tokenOf('release', id), pending };
  }

  #peekAll(): readonly ReleaseRow[] {
    return (this.#all ??= [...new Set([...this.#ids(), ...this.#pending.keys()])].flatMap(
      (id) => this.#row(id) ?? [],
    ));
  }

  #ids(): ReadonlySet<RecordId> {
    return new Set([...(this.#doc?.getMap('rows').keys() ?? [])].map(releaseOfKey));
  }

  #place(): void {
    const doc = this.#board?.current?.doc ?? null;
    if (doc === this.#doc) return;
    const before = this.#ids();
    this.#doc?.getMap('rows').unobserve(this.#observe);
    this.#doc = doc;
    doc?.getMap('rows').observe(this.#observe);
    this.#forget([...before, ...this.#ids()]);
  }

  readonly #observe = (event: Y.YMapEvent<unknown>): void => {
    this.#forget([...(event.keysChanged as Set<string>)].map(releaseOfKey));
  };

  #forget(ids: Iterable<RecordId>): void {
    const changed = new Set(ids);
    for (const id of changed) this.#stored.delete(id);
    this.#all = null;
    for (const id of changed) {
      this.#keep(id);
      this.#grains.tell(id);
    }
    this.#lists.tell('all');
    this.#finishShown();
  }

  /** Holds what is under way, and what own acts wait for. */
  #keep(id: RecordId): void {
    const row = this.#readRow(id);
    const isKept = (row !== null && UNDER_WAY.has(row.state)) || this.#pending.has(id);
    const held = isKept ? this.#hold(id) : this.#held.get(id);
    if (held === undefined) return;
    held.kept = isKept;
    this.#letGo(id);
  }

  #onOutbox(): void {
    const mine = this.#options.outbox.commands.filter(({ envelope }) => isReleaseCommand(envelope));
    const next = Map.groupBy(mine, ({ envelope }) => envelope.target);
    const touched = new Set([...this.#pending.keys(), ...next.keys()]);
    for (const id of touched) if (areSameCommands(this.#pending.get(id), next.get(id))) touched.delete(id);
    this.#pending = next;
    for (const id of touched) this.#held.get(id)?.release.refresh();
    if (touched.size > 0) this.#forget(touched);
    else this.#finishShown();
  }

  /** Lets go of own acts whose effect is here, or has had its time to come. */
  #finishShown(): void {
    const { outbox, now } = this.#options;
    const done = outbox.commands.filter(({ envelope, applied }) => {
      if (applied === null || !isReleaseCommand(envelope)) return false;
      return this.basisOf(envelope.target) >= applied.version || now() - applied.at > SHOWN_WITHIN_MS;
    });
    if (done.length > 0) outbox.finish(done.map(({ id }) => id));
  }
}

export interface ReleasesOptions {
  readonly actor: Actor;
  readonly shelf: Pick<Shelf, 'open'>;
  readonly outbox: Pick<Outbox, 'commands' | 'finish' | 'onAnswered' | 'onChange' | 'submit'>;
  readonly directory: () => Directory;
  /** Whether the directory, which rules look at, is on this device. */
  readonly knowsOrganisation: () => boolean;
  /** The changes, once they are here. */
  readonly changes: () => LiveChanges | null;
  /** Server's clock, epoch ms. */
  readonly now: () => number;
}

const UNDER_WAY: ReadonlySet<ReleaseState> = new Set([
  'ready',
  'go',
  'no_go',
  'deploying',
  'rolling_back',
  'hypercare',
]);

const SHOWN_WITHIN_MS = 10_000;

/** For powers of two up to 2^32. */
function randomBelow(choices: number): number {
  return (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) % choices;
}
