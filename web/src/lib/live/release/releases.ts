import { readReleaseRow, releaseOfKey, rowOfRelease } from '@muster/documents/release';
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
import type { Outbox } from '../../connection/outbox.ts';
import type { Handle, Shelf } from '../../connection/shelf.ts';
import type { LiveChanges, LiveJournal } from '../change/live-changes.ts';
import { FollowedRows } from '../followed-rows.ts';
import { Grains } from '../grains.ts';
import { HeldRecords } from '../held-records.ts';
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
  readonly #lists = new Grains<'all' | 'changes'>();
  readonly #ulid = monotonicFactory();
  readonly #rows = new FollowedRows({
    read: readReleaseRow,
    idOf: releaseOfKey,
    changed: (ids) => this.#onRows(ids),
  });
  readonly #held = new HeldRecords((id) => this.#makeHeld(id));
  readonly #rules: ReleaseRules;
  readonly #own: OwnActs;
  #facts = new WeakMap<Change, ChangeFact>();
  /** Of the map that facts were worked out by. */
  #version: number | undefined;
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
    return this.#rows.loaded;
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
    return this.#held.get(id)?.confirmed?.version ?? this.#rows.get(id)?.version ?? 0;
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
    const { record, close } = this.#held.open(id);
    return new OpenedRelease(record, (release) => this.#readFacts(release?.members ?? []), close);
  }

  openJournal(id: RecordId): LiveJournal<ReleaseEvent> {
    return openJournal<ReleaseEvent>(this.#options.shelf, id);
  }

  /** Reads this board from now on. */
  follow(board: Handle | undefined): void {
    this.#rows.follow(board);
  }

  /** The directory or the changes are others now: what was anticipated with them is worked out anew. */
  refold(): void {
    this.#facts = new WeakMap();
    this.#lists.tell('changes');
    this.#held.refresh(this.#own.targets);
  }

  close(): void {
    this.#own.close();
    this.follow(undefined);
    this.#held.close();
  }

  /** What the rules say here already; null for what the server is asked. */
  #outcomeHere(id: RecordId, act: ReleaseAct, clientAt: number): Outcome | null {
    const state = this.#held.get(id)?.peek() ?? null;
    if (!this.#options.knowsOrganisation() || (state === null && act.verb !== 'create')) return null;
    return outcomeHere(this.#rules.decide(id, state, act, clientAt));
  }

  #makeHeld(id: RecordId): HeldRelease {
    return new HeldRelease(id, {
      shelf: this.#options.shelf,
      rules: this.#rules,
      own: this.#own,
      advanced: () => this.#own.finishShown(),
    });
  }

  /** Subscribes to the changes. */
  #readFacts(members: readonly RecordId[]): ReleaseFacts {
    this.#lists.read('changes');
    const changes = this.#options.changes();
    changes?.facts();
    for (const member of members) changes?.get(member);
    return this.#peekFacts(members);
  }

  #peekFacts(members: readonly RecordId[]): ReleaseFacts {
    const changes = this.#options.changes();
    if (changes === null) return { changes: new Map(), incidents: new Map() };
    const { dependencies } = changes;
    const version = dependencies.version?.();
    if (version !== this.#version) this.#facts = new WeakMap();
    this.#version = version;
    const facts = members.flatMap((member) => {
      const change = changes.peek(member);
      return change === undefined ? [] : [[member, this.#factOf(change, dependencies)] as const];
    });
    return { changes: new Map(facts), incidents: new Map() };
  }

  /** Worked out once for each change as it stands, and map. */
  #factOf(change: Change, { servicesOf }: Pick<Dependencies, 'servicesOf'>): ChangeFact {
    const known = this.#facts.get(change);
    if (known !== undefined) return known;
    const fact = changeInRelease(change, servicesOf(change.items));
    this.#facts.set(change, fact);
    return fact;
  }

  #row(id: RecordId): ReleaseRow | undefined {
    const commands = this.#own.of(id);
    const pending = commands.filter(({ applied }) => applied === null).length;
    const whole = commands.length > 0 ? (this.#held.get(id)?.peek() ?? null) : null;
    const row = whole === null ? this.#rows.get(id) : rowOfRelease(whole);
    return row === undefined ? undefined : { ...row, token: tokenOf('release', id), pending };
  }

  #peekAll(): readonly ReleaseRow[] {
    return (this.#all ??= [...new Set([...this.#rows.ids, ...this.#own.targets])].flatMap(
      (id) => this.#row(id) ?? [],
    ));
  }

  #onRows(ids: ReadonlySet<RecordId>): void {
    this.#forget(ids);
    // what was opened before the server had its release, as one that was made here, was told that there is none
    this.#options.shelf.retryForbidden((id) => this.#rows.get(id) !== undefined);
  }

  #forget(ids: ReadonlySet<RecordId>): void {
    this.#all = null;
    for (const id of ids) {
      this.#keep(id);
      this.#grains.tell(id);
    }
    this.#lists.tell('all');
    this.#own.finishShown();
  }

  /** Holds what is under way, and what own acts wait for. */
  #keep(id: RecordId): void {
    const row = this.#rows.get(id);
    const isUnderWay = row !== undefined && UNDER_WAY.has(row.state);
    this.#held.keep(id, isUnderWay || this.#own.of(id).length > 0);
  }

  #onOwn(ids: ReadonlySet<RecordId>): void {
    this.#held.refresh(ids);
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
  readonly changes: () => Pick<LiveChanges, 'dependencies' | 'facts' | 'get' | 'peek'> | null;
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
