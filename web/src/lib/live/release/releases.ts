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
import { commandId, tokenOf } from '@muster/domain/shared';
import type { Actor, CommandEnvelope, Directory, Outcome, RecordId } from '@muster/domain/shared';
import { monotonicFactory } from 'ulid';
import type * as Y from 'yjs';
import type { Outbox } from '../../connection/outbox.ts';
import type { Handle, Shelf } from '../../connection/shelf.ts';
import type { LiveChanges, LiveJournal } from '../change/live-changes.ts';
import { Grains } from '../grains.ts';
import { openJournal } from '../journal.ts';
import { OwnActs } from '../own-acts.ts';
import type { OwnActsOptions } from '../own-acts.ts';
import { findNamed } from '../find-named.ts';
import { newRecordId, outcomeHere, sendAct } from '../send-act.ts';
import type { SentCommand } from '../sent-command.ts';
import { HeldRelease } from './held-release.ts';
import type { LiveRelease, LiveReleases, ReleaseRow } from './live-releases.ts';
import { OpenedRelease } from './opened-release.ts';
import { RELEASE_PREFIX } from './release-acts.ts';
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
  readonly #own: OwnActs;
  #facts = new WeakMap<Change, ChangeFact>();
  #dependencies: Dependencies | null = null;
  #board: Handle | undefined;
  #doc: Y.Doc | null = null;
  #stop: () => void = () => undefined;
  #all: readonly ReleaseRow[] | null = null;

  constructor(options: ReleasesOptions) {
    this.#options = options;
    const { actor, directory } = options;
    this.#rules = new ReleaseRules({ actor, directory, facts: (changes) => this.#peekFacts(changes) });
    this.#own = new OwnActs({
      ...options,
      part: 'releases',
      versionOf: (id) => this.basisOf(id),
      touched: (ids) => this.#onOwn(ids),
    });
    this.#own.look();
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
    return findNamed('release', this.#peekAll(), reference);
  }

  newId(): RecordId {
    return newRecordId(this.#options.now());
  }

  basisOf(id: RecordId): number {
    return this.#held.get(id)?.release.confirmed?.version ?? this.#readRow(id)?.version ?? 0;
  }

  run(id: RecordId, act: ReleaseAct, basis = this.basisOf(id)): SentCommand {
    const { verb, ...args } = act;
    const clientAt = this.#options.now();
    const type = `${RELEASE_PREFIX}${verb}`;
    const envelope: CommandEnvelope = {
      id: commandId(this.#ulid(clientAt)),
      ...{ type, target: id, args, basis, clientAt },
    };
    return sendAct(this.#options.outbox, envelope, this.#outcomeHere(id, act, clientAt));
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
    for (const id of this.#own.targets) this.#held.get(id)?.release.refresh();
  }

  close(): void {
    this.#own.close();
    this.follow(undefined);
    for (const { release } of this.#held.values()) release.close();
    this.#held.clear();
  }

  /** What the rules say here already; null for what the server is asked. */
  #outcomeHere(id: RecordId, act: ReleaseAct, clientAt: number): Outcome | null {
    const state = this.#held.get(id)?.release.peek() ?? null;
    if (!this.#options.knowsOrganisation() || (state === null && act.verb !== 'create')) return null;
    return outcomeHere(this.#rules.decide(id, state, act, clientAt));
  }

  #hold(id: RecordId) {
    const known = this.#held.get(id);
    if (known !== undefined) return known;
    const release = new HeldRelease(id, {
      shelf: this.#options.shelf,
      rules: this.#rules,
      own: this.#own,
      advanced: () => this.#own.finishShown(),
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
    const commands = this.#own.of(id);
    const pending = commands.filter(({ applied }) => applied === null).length;
    const whole = commands.length > 0 ? (this.#held.get(id)?.release.peek() ?? null) : null;
    const row = whole === null ? this.#readRow(id) : rowOfRelease(whole);
    return row === null ? undefined : { ...row, token: tokenOf('release', id), pending };
  }

  #peekAll(): readonly ReleaseRow[] {
    return (this.#all ??= [...new Set([...this.#ids(), ...this.#own.targets])].flatMap(
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
    this.#readAgain();
  }

  readonly #observe = (event: Y.YMapEvent<unknown>): void => {
    this.#forget([...(event.keysChanged as Set<string>)].map(releaseOfKey));
    this.#readAgain();
  };

  /** What was opened before the server had its release, as one that was made here, was told that there is none. */
  #readAgain(): void {
    this.#options.shelf.retryForbidden((id) => this.#readRow(id) !== null);
  }

  #forget(ids: Iterable<RecordId>): void {
    const changed = new Set(ids);
    for (const id of changed) this.#stored.delete(id);
    this.#all = null;
    for (const id of changed) {
      this.#keep(id);
      this.#grains.tell(id);
    }
    this.#lists.tell('all');
    this.#own.finishShown();
  }

  /** Holds what is under way, and what own acts wait for. */
  #keep(id: RecordId): void {
    const row = this.#readRow(id);
    const isKept = (row !== null && UNDER_WAY.has(row.state)) || this.#own.of(id).length > 0;
    const held = isKept ? this.#hold(id) : this.#held.get(id);
    if (held === undefined) return;
    held.kept = isKept;
    this.#letGo(id);
  }

  #onOwn(ids: ReadonlySet<RecordId>): void {
    for (const id of ids) this.#held.get(id)?.release.refresh();
    this.#forget(ids);
  }
}

export interface ReleasesOptions extends Pick<OwnActsOptions, 'deviceNow' | 'isLive'> {
  readonly actor: Actor;
  readonly shelf: Pick<Shelf, 'open' | 'retryForbidden'>;
  readonly outbox: Pick<Outbox, 'commands' | 'finish' | 'onAnswered' | 'onChange' | 'submit'>;
  readonly directory: () => Directory;
  /** Whether the directory, which rules look at, is on this device. */
  readonly knowsOrganisation: () => boolean;
  /** The changes, once they are here. */
  readonly changes: () => Pick<LiveChanges, 'get' | 'peek'> | null;
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
