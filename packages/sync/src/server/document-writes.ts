/**
 * The way of what people write into one document: what all its readers sent within a turn passes the guard as one
 * change of the live document and goes to the store together; what the store has kept goes to the readers, and only
 * then is acknowledged. A group of which something is refused is taken apart, so that each answers for itself alone.
 */
import type { DocumentKind } from '@muster/documents';
import type { PersonId } from '@muster/domain/shared';
import * as Y from 'yjs';
import type { Clock } from '../clock.ts';
import { failpoint } from '../failpoint/index.ts';
import type { Limits } from '../limits.ts';
import { applyGuarded } from './guard/apply.ts';
import type { GuardedChange } from './guard/apply.ts';
import {
  bringsNothing,
  clocksAfter,
  isFilled,
  withoutRepetition,
  writersToBind,
} from './guard/completeness.ts';
import type { Clocks, Gap } from './guard/completeness.ts';
import type { DecodedUpdate } from './guard/decode.ts';
import { Rejection } from './guard/rejection.ts';
import { lockableTouched } from './guard/touched.ts';
import type { ReadUpdate } from './join-updates.ts';
import { InFlight } from './live-document.ts';
import type { LiveDocument } from './live-document.ts';
import type { AppendOutcome, AppendRequest, DocumentPort, HostEvent, Session } from './ports.ts';
import type { Gatherer, Turn } from './turn.ts';
import type { Write, WriteOutcome, WriteQueue } from './write-queue.ts';

/** Who writes. */
export interface Writer {
  readonly session: Session;
  readonly mayWrite: boolean;
}

/** The document that is written to. */
export interface WrittenDocument {
  readonly name: string;
  readonly kind: DocumentKind;
  readonly limits: Limits;
  readonly clock: Clock;
  readonly host: {
    readonly port: Pick<DocumentPort, 'appendAll'>;
    readonly turn: Turn;
    report(event: HostEvent): void;
  };
  /** The Y.Doc, made when it is first needed. */
  readonly live: LiveDocument;
  /** Null while nobody needed it. */
  readonly liveIfMade: LiveDocument | null;
  /** Whether somebody else shows themselves under a client id. */
  isClaimedFrom(person: PersonId, client: number): boolean;
  /** Updates are on disk, up to this sequence, and in nobody's hands yet. */
  record(seq: number, updates: readonly Uint8Array[]): void;
  /** The store has answered, and nothing that waited for the answer is left to take. */
  settled(): void;
}

/** A write that builds on what is there. */
interface Candidate {
  readonly queue: WriteQueue;
  readonly writer: Writer;
  readonly write: Write;
  /** What of it is not there yet: this is applied, kept and shown. */
  readonly news: ReadUpdate;
  /** Where the clocks of its clients stand after it. */
  readonly clocks: Clocks;
}

/** The front of a queue that waits: looked at again when its gap is filled, or when nothing is left to wait for. */
interface Wait {
  readonly writer: Writer;
  readonly gap: Gap;
}

/** How long an update may wait for what it builds on. A whole first step 2 comes in this time on a slow line too. */
const WAITS_AT_MOST_MS = 20_000;

export class DocumentWrites implements Gatherer {
  readonly #document: WrittenDocument;
  readonly #ready = new Map<WriteQueue, Writer>();
  readonly #waiting = new Map<WriteQueue, Wait>();
  /** Ends the patience with a queue, from when it first waited until it waits no more. */
  readonly #patience = new Map<WriteQueue, () => void>();
  /** Client ids that the store has bound, so that it is asked for new ones only. */
  readonly #bound = new Map<number, PersonId>();
  #bytes = 0;
  #underWay = 0;
  #damaged = false;

  constructor(document: WrittenDocument) {
    this.#document = document;
  }

  /** Writes that are with the store. */
  get underWay(): number {
    return this.#underWay;
  }

  /** Whether the document was found damaged: it is only read. */
  get damaged(): boolean {
    return this.#damaged;
  }

  /** The document is loaded. `bytes`: the size of what it holds, at most. */
  begin(bytes: number, damaged: boolean): void {
    this.#bytes = bytes;
    this.#damaged = damaged;
  }

  /** A queue has something to take. Of a reader that has gone it is taken at once: nobody waits for the turn to end. */
  queued(queue: WriteQueue, writer: Writer): void {
    this.#waiting.delete(queue);
    this.#ready.set(queue, writer);
    if (queue.closed) this.gather();
    else this.#document.host.turn.touchWrites(this);
  }

  left(queue: WriteQueue): void {
    this.#waiting.delete(queue);
    this.#waitsNoMore(queue);
  }

  /** Takes all that is ready through the guard and hands it to the store. */
  gather(): void {
    const candidates: Candidate[] = [];
    for (const [queue, writer] of this.#ready) {
      // Settling may make a queue ready again: the walk goes on to what is added meanwhile.
      this.#ready.delete(queue);
      const write = queue.take();
      const candidate = write === null ? null : this.#look(queue, writer, write);
      if (candidate !== null) candidates.push(candidate);
    }
    this.#letIn(candidates);
  }

  #look(queue: WriteQueue, writer: Writer, write: Write): Candidate | null {
    let seen: WriteOutcome | Clocks | Gap;
    try {
      seen = this.#judge(writer, write, queue.patient);
    } catch (cause) {
      this.#document.host.report({ type: 'fault', name: this.#document.name, cause });
      seen = new Rejection('malformed', 'the update cannot be looked at');
    }
    if (seen instanceof Map) {
      this.#waitsNoMore(queue);
      const news = withoutRepetition(write, this.#document.live.committed);
      return { queue, writer, write, news, clocks: seen };
    }
    if (isGap(seen)) {
      if (!queue.closed) this.#wait(queue, { writer, gap: seen });
      queue.settle(write, 'waiting');
    } else {
      this.#waitsNoMore(queue);
      queue.settle(write, seen as WriteOutcome);
    }
    return null;
  }

  #wait(queue: WriteQueue, wait: Wait): void {
    this.#waiting.set(queue, wait);
    if (this.#patience.has(queue)) return;
    const cancel = this.#document.clock.after(WAITS_AT_MOST_MS, () => {
      this.left(queue);
      queue.giveUp();
    });
    this.#patience.set(queue, cancel);
  }

  #waitsNoMore(queue: WriteQueue): void {
    this.#patience.get(queue)?.();
    this.#patience.delete(queue);
  }

  /** A commit may have brought what a queue waits for; one whose reader brings nothing more must not wait in vain. */
  #lookAgain(): void {
    const { committed, settled } = this.#document.live;
    for (const [queue, { writer, gap }] of this.#waiting) {
      if (isFilled(gap, committed) || (settled && !queue.patient)) this.queued(queue, writer);
    }
  }

  /** What can be said before the live document is touched: an outcome, or where the clocks stand after the write. */
  #judge(writer: Writer, { decoded }: Write, patient: boolean): WriteOutcome | Clocks | Gap {
    if (!writer.mayWrite) return this.#judgeReadOnly(decoded);
    if (this.#damaged) return damaged();
    if (saysNothing(decoded)) return 'done';
    const { live } = this.#document;
    if (live.settled && bringsNothing(live.doc, decoded)) return 'done';
    const clocks = clocksAfter(decoded, live.committed);
    if (!isGap(clocks) || patient || !live.settled) return clocks;
    return new Rejection('pending', 'the update builds on what is not there');
  }

  /** What a reader says that may not write: a step 2 without news is normal, anything else is a write (SYN-17). */
  #judgeReadOnly(decoded: DecodedUpdate): WriteOutcome {
    const { liveIfMade, kind } = this.#document;
    // Who was told a difference made the live document exist; who was not has nothing to say.
    if (saysNothing(decoded) || (liveIfMade !== null && bringsNothing(liveIfMade.doc, decoded)))
      return 'done';
    return this.#damaged ? damaged() : new Rejection('read-only', `this ${kind} cannot be written by you`);
  }

  /** Brings candidates into the live document and sends them on; when one is refused, each by itself. */
  #letIn(candidates: readonly Candidate[]): void {
    const [first] = candidates;
    if (first === undefined) return;
    const { live, kind, limits } = this.#document;
    const news = candidates.map((candidate) => candidate.news);
    const change = applyGuarded(live.doc, kind, news, limits);
    const rejection = change instanceof Rejection ? change : this.#checkSize(news);
    if (rejection === null) return void this.#append(candidates, change as GuardedChange);
    live.rebuild();
    if (candidates.length === 1) first.queue.settle(first.write, rejection);
    else for (const candidate of candidates) this.#letIn([candidate]);
  }

  /** Sizes are added up, and measured only when the sum says that it may be too much. */
  #checkSize(writes: readonly ReadUpdate[]): Rejection | null {
    const { documentBytes } = this.#document.limits;
    for (const { update } of writes) this.#bytes += update.length;
    if (this.#bytes <= documentBytes) return null;
    this.#bytes = Y.encodeStateAsUpdate(this.#document.live.doc).length;
    return this.#bytes <= documentBytes
      ? null
      : new Rejection('document-full', `the document would pass ${documentBytes} bytes`);
  }

  async #append(candidates: readonly Candidate[], change: GuardedChange): Promise<void> {
    const { live, name, host, kind } = this.#document;
    const deleted = [change.deleted, ...live.deletedInFlight];
    const touched = candidates.map(({ news }) => lockableTouched(live.doc, kind, news.decoded, deleted));
    const requests = candidates.map((candidate, index) =>
      this.#requestOf(candidate, touched[index]?.length !== 0),
    );
    const inFlight = new InFlight(
      candidates.map(({ news, clocks }) => ({ update: news.update, clocks })),
      change,
    );
    live.begin(inFlight);
    this.#underWay += candidates.length;
    let outcomes: readonly AppendOutcome[] | null = null;
    try {
      failpoint('sync.append.before');
      const answer = host.port.appendAll(requests);
      failpoint('sync.append.after');
      outcomes = await answer;
    } catch (cause) {
      host.report({ type: 'append-failed', name, cause });
    }
    this.#underWay -= candidates.length;
    this.#keep(inFlight, requests, outcomes);
    candidates.forEach(({ queue, write }, index) =>
      queue.settle(write, this.#outcomeOf(outcomes?.[index], touched[index] ?? [])),
    );
    this.#lookAgain();
    this.#document.settled();
  }

  #requestOf({ writer, write, news }: Candidate, lockable: boolean): AppendRequest {
    const { person, id: session } = writer.session;
    const clientIds = writersToBind(news.decoded, this.#document.live.committed, this.#bound, person);
    return {
      name: this.#document.name,
      person,
      session,
      clientIds,
      claimedByOthers: clientIds.filter((client) => this.#document.isClaimedFrom(person, client)),
      recovering: write.first,
      lockable,
      update: news.update,
    };
  }

  /** Lets readers have what the store has kept. */
  #keep(
    inFlight: InFlight,
    requests: readonly AppendRequest[],
    outcomes: readonly AppendOutcome[] | null,
  ): void {
    const kept = inFlight.parts.filter((_part, index) => outcomes?.[index]?.ok === true);
    let lastSeq = 0;
    outcomes?.forEach((outcome, index) => {
      if (!outcome.ok) return;
      lastSeq = Math.max(lastSeq, outcome.seq);
      const request = requests[index];
      // What recovers binds nobody.
      if (request === undefined || request.recovering === true) return;
      for (const client of request.clientIds) this.#bound.set(client, request.person);
    });
    const whole = kept.length === inFlight.parts.length ? inFlight.change : null;
    const news = whole === null ? kept.map(({ update }) => update) : [whole];
    if (news.length > 0) this.#document.record(lastSeq, news);
    this.#document.live.settle(inFlight, kept);
  }

  #outcomeOf(outcome: AppendOutcome | undefined, touched: readonly string[]): WriteOutcome {
    if (outcome === undefined) return new Rejection('not-stored', 'the server cannot write now');
    if (outcome.ok) return 'done';
    this.#damaged ||= outcome.code === 'damaged';
    const words =
      outcome.code === 'locked'
        ? `${touched.length === 0 ? 'all of it' : touched.join(', ')}: locked by what stands of the record`
        : REFUSED[outcome.code];
    return new Rejection(outcome.code, words, outcome.code !== 'no-such-document');
  }
}

function isGap(seen: WriteOutcome | Clocks | Gap): seen is Gap {
  return typeof seen === 'object' && 'units' in seen;
}

/** The step 2 of a client that has nothing of its own: it is answered without a Y.Doc. */
function saysNothing({ structs, ds }: DecodedUpdate): boolean {
  return structs.length === 0 && ds.clients.size === 0;
}

const REFUSED = {
  'client-id-bound': 'this copy of the document belongs to somebody else',
  'no-such-document': 'the document is gone',
  damaged: 'the document is damaged and can only be read',
} as const;

function damaged(): Rejection {
  return new Rejection('damaged', REFUSED.damaged);
}
