import type { CommandEnvelope, CommandId, CommandOutcome, Outcome } from '@muster/domain/shared';
import { BackOff } from './back-off.ts';
import { BoundaryError } from './boundary-error.ts';
import { Listeners } from './listeners.ts';
import type { StoredCommand } from './local-schema.ts';
import { answersTo } from './outbox-answers.ts';
import { isOutboxMessage } from './outbox-message.ts';
import type { OutboxOptions } from './outbox-options.ts';
import { inOneOrder } from './pending-command.ts';
import type { PendingCommand } from './pending-command.ts';

/**
 * Sends what people did, in the order they did it, until each act has its answer.
 * A command is first put on the disk, then sent by whichever tab holds the lock; the id makes a repetition harmless.
 * An applied command stays in `commands` until this tab says that its board shows it (`finish`),
 * so what was anticipated never flickers away between the answer and the broadcast.
 */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #entries = new Map<CommandId, PendingCommand>();
  readonly #waiters = new Map<CommandId, (outcome: Outcome) => void>();
  readonly #changed = new Listeners();
  readonly #answered = new Listeners<[readonly CommandOutcome[]]>();
  readonly #refused = new Listeners<[CommandEnvelope]>();
  readonly #unkeptSince = new Map<CommandId, number>();
  readonly #backOff: BackOff;
  readonly #finished = new Set<CommandId>();
  /** Answered, but still waiting on a disk that takes nothing: not to be sent again by this tab. */
  readonly #answeredInMemory = new Set<CommandId>();
  #problem: BoundaryError | null = null;
  #hasRead = false;
  #sending: Promise<void> | null = null;
  #again = false;
  #closed = false;

  constructor(options: OutboxOptions) {
    this.#options = options;
    this.#backOff = new BackOff(options.backOff);
    options.tabs.onMessage((message) => void this.#hear(message));
  }

  /** Brings in what an earlier visit left and begins to send. */
  async start(): Promise<void> {
    await this.#refresh();
    this.wake();
  }

  /** Unfinished commands of all tabs of this device, in the order of making. */
  get commands(): readonly PendingCommand[] {
    return [...this.#entries.values()];
  }

  /** Commands without an answer. */
  get waiting(): number {
    let waiting = 0;
    for (const entry of this.#entries.values()) if (entry.applied === null) waiting += 1;
    return waiting;
  }

  /** True while an act exists in this tab's memory only. */
  get hasUnkept(): boolean {
    for (const entry of this.#entries.values()) if (!entry.kept && entry.applied === null) return true;
    return false;
  }

  /** When the oldest act that exists in this tab's memory only was done, by `elapsed`; null when there is none. */
  get unkeptSince(): number | null {
    return this.hasUnkept ? Math.min(...this.#unkeptSince.values()) : null;
  }

  /** True once what earlier visits left has been read from the disk. */
  get hasRead(): boolean {
    return this.#hasRead;
  }

  /** Why the server has not taken what waits; null when it has or when nothing waits. */
  get problem(): BoundaryError | null {
    return this.waiting > 0 ? this.#problem : null;
  }

  onChange(listener: () => void): () => void {
    return this.#changed.add(listener);
  }

  /** Told of every answer, whichever tab asked. */
  onAnswered(listener: (outcomes: readonly CommandOutcome[]) => void): () => void {
    return this.#answered.add(listener);
  }

  /** Told of each act that was answered with no. */
  onRefused(listener: (envelope: CommandEnvelope) => void): () => void {
    return this.#refused.add(listener);
  }

  /** Acts of before a restore that wait to be brought again. */
  get again(): number {
    let again = 0;
    for (const entry of this.#entries.values()) if (entry.again && entry.applied === null) again += 1;
    return again;
  }

  /** The device has moved into another era: reads anew what waits, and sends it. */
  async resume(): Promise<void> {
    this.#answeredInMemory.clear();
    await this.#refresh();
    this.#options.tabs.post({ type: 'commands-added' });
    this.wake();
  }

  /**
   * Keeps a command and sends it. `kept` resolves when it is on the disk, or with the answer when the disk
   * would not take it; `settled` with the server's answer.
   */
  submit(envelope: CommandEnvelope): {
    readonly kept: Promise<'kept' | Outcome>;
    readonly settled: Promise<Outcome>;
  } {
    const settled = new Promise<Outcome>((resolve) => this.#waiters.set(envelope.id, resolve));
    this.#unkept({ id: envelope.id, envelope, kept: false, applied: null, again: false });
    this.#changed.tell();
    const kept = this.#keep(envelope).then<'kept' | Outcome>((done) => (done ? 'kept' : settled));
    return { kept, settled };
  }

  /** This tab's board shows these commands' effects, or never will. */
  finish(ids: readonly CommandId[]): void {
    const mine = ids.filter((id) => this.#entries.delete(id));
    if (mine.length === 0) return;
    for (const id of mine) this.#finished.add(id);
    this.#changed.tell();
    this.#options.store.finish(mine).then(
      () => mine.forEach((id) => this.#finished.delete(id)),
      // what the disk does not forget is found there again at the next visit, and is answered the same
      () => undefined,
    );
  }

  /** What this device kept is gone: nothing counts as kept until it has been put back. */
  async diskReplaced(): Promise<void> {
    for (const entry of this.commands) if (!entry.applied) this.#unkept({ ...entry, kept: false });
    this.#changed.tell();
    // before anything is read: what is done from now on comes to the disk after it
    await this.#putBack();
    await this.recheck();
  }

  /** What the disk holds may have changed under this tab: looks, puts back what is missing, and sends. */
  async recheck(): Promise<void> {
    await this.#refresh();
    // not with the next batch: while the server cannot be reached that one is far off, and this tab may be killed
    if (await this.#putBack()) this.#changed.tell();
    this.#send();
  }

  /** Tries now: the network is back, somebody pressed retry, or the session is valid again. */
  wake(): void {
    if (this.#closed) return;
    this.#backOff.wake();
    this.#send();
  }

  close(): void {
    this.#closed = true;
    this.#backOff.wake();
  }

  async #keep(envelope: CommandEnvelope): Promise<boolean> {
    const kept = await this.#put(envelope);
    this.#changed.tell();
    this.#send();
    return kept;
  }

  /** False when the disk did not take it: it stays in memory and is tried again before the next batch. */
  async #put(envelope: CommandEnvelope): Promise<boolean> {
    try {
      this.#upsert(await this.#options.store.add(envelope));
      this.#options.tabs.post({ type: 'commands-added' });
      return true;
    } catch {
      return false;
    }
  }

  #send(): void {
    if (this.#closed) return;
    if (this.#sending) {
      this.#again = true;
      return;
    }
    this.#sending = this.#sendAll().finally(() => {
      this.#sending = null;
      if (!this.#again) return;
      this.#again = false;
      this.#send();
    });
  }

  /** One batch after another until nothing waits, with the lock held for one batch at a time. */
  async #sendAll(): Promise<void> {
    while (!this.#closed) {
      this.#again = false;
      let sent: number;
      try {
        sent = await this.#options.exclusive(() => this.#sendBatch());
        this.#backOff.reset();
        this.#problem = null;
      } catch (error) {
        const problem = asBoundaryError(error);
        this.#problem = problem;
        this.#changed.tell();
        if (problem.code === 'signed-out') {
          this.#options.onSignedOut();
          return;
        }
        if (problem.problem === 'page-too-old') {
          this.#options.onTooOld?.();
          return;
        }
        if (problem.problem === 'store-restored' && (await this.#options.onRestored?.()) === true) continue;
        // asked to try while it tried: that wish is not lost with the attempt
        if (!this.#again || problem.retryAfterMs) await this.#backOff.wait(problem.retryAfterMs ?? 0);
        continue;
      }
      this.#changed.tell();
      if (sent === 0 && !this.#again) return;
    }
  }

  async #sendBatch(): Promise<number> {
    const era = (await this.#options.era?.().catch(() => null)) ?? null;
    const batch = await this.#nextBatch();
    if (batch.length === 0) return 0;
    for await (const outcomes of answersTo(this.#options.api, batch, era)) await this.#settle(outcomes);
    return batch.length;
  }

  /** Reads the disk, and memory for what the disk does not have: other tabs' commands go with ours, in one order. */
  async #nextBatch(): Promise<readonly CommandEnvelope[]> {
    let read = await this.#read();
    if (await this.#putBack()) read = await this.#read();
    const unanswered = ({ id, applied }: PendingCommand | StoredCommand) =>
      applied === null && !this.#answeredInMemory.has(id);
    const stored = (read ?? []).filter(unanswered);
    return inOneOrder(stored, this.commands.filter(unanswered)).slice(0, MAX_BATCH);
  }

  /** Writes down what is in this tab's memory only; true when the disk took some of it. */
  async #putBack(): Promise<boolean> {
    if (this.#closed) return false;
    const missing = this.commands.filter((entry) => !entry.kept && !entry.applied);
    // all at once: what is done meanwhile comes to the disk after them
    const taken = await Promise.all(missing.map(({ envelope }) => this.#put(envelope)));
    return taken.includes(true);
  }

  async #settle(outcomes: readonly CommandOutcome[]): Promise<void> {
    const at = this.#options.now();
    // an answer that the disk does not take is asked for again at the next start, and is the same then
    const serverAt = at + (this.#options.clockOffsetMs?.() ?? 0);
    await this.#options.store.settle(outcomes, at, serverAt).then(
      () => this.#setAside(outcomes, at, ({ kept }) => !kept),
      () => {
        for (const outcome of outcomes) this.#answeredInMemory.add(outcome.id);
        this.#setAside(outcomes, at, () => true);
      },
    );
    this.#options.tabs.post({ type: 'commands-answered', outcomes });
    this.#take(outcomes, at);
  }

  /** Hands on refused acts that the disk does not have among those that need attention. */
  #setAside(
    outcomes: readonly CommandOutcome[],
    at: number,
    isMissing: (entry: PendingCommand) => boolean,
  ): void {
    for (const { id, ...outcome } of outcomes) {
      const entry = this.#entries.get(id);
      if (entry && outcome.outcome !== 'applied' && isMissing(entry))
        this.#options.setAside?.({ id, at, envelope: entry.envelope, outcome });
    }
  }

  #take(outcomes: readonly CommandOutcome[], at: number): void {
    const refused: CommandEnvelope[] = [];
    for (const outcome of outcomes) {
      const entry = this.#entries.get(outcome.id);
      this.#unkeptSince.delete(outcome.id);
      if (outcome.outcome !== 'applied') {
        this.#entries.delete(outcome.id);
        if (entry) refused.push(entry.envelope);
      } else if (entry && !entry.applied) {
        const applied = { version: outcome.version, number: outcome.number ?? null, at };
        this.#entries.set(outcome.id, { ...entry, applied });
      }
      const { id, ...answer } = outcome;
      this.#waiters.get(id)?.(answer);
      this.#waiters.delete(id);
    }
    // the answer first: a board that shows the effect already finishes these commands on the next word
    this.#answered.tell(outcomes);
    for (const envelope of refused) this.#refused.tell(envelope);
    this.#changed.tell();
  }

  async #hear(message: unknown): Promise<void> {
    if (this.#closed || !isOutboxMessage(message)) return;
    if (message.type === 'commands-answered') this.#take(message.outcomes, this.#options.now());
    await this.#refresh();
    // the tab that made them may be gone before it could send them
    if (message.type === 'commands-added') this.#send();
  }

  async #refresh(): Promise<void> {
    const stored = await this.#read();
    if (stored) this.#sort(stored);
    this.#changed.tell();
  }

  /** What the disk holds, taken note of; null when it cannot be read, and then memory stands. */
  async #read(): Promise<readonly StoredCommand[] | null> {
    const kept = new Set(this.commands.flatMap((entry) => (entry.kept ? [entry.id] : [])));
    const stored = await this.#options.store.list().catch(() => null);
    if (stored === null) return null;
    this.#hasRead = true;
    const there = new Set(stored.map((command) => command.id));
    for (const command of stored) if (!this.#finished.has(command.id)) this.#upsert(command);
    // Gone from the disk and never heard of as answered: another tab's answer was missed, or the disk was emptied.
    // It is put back and asked again; the server says the same to the same id.
    for (const entry of this.commands)
      if (kept.has(entry.id) && !entry.applied && !there.has(entry.id))
        this.#unkept({ ...entry, kept: false });
    return stored;
  }

  #unkept(entry: PendingCommand): void {
    this.#entries.set(entry.id, entry);
    this.#unkeptSince.set(entry.id, this.#elapsed());
  }

  #elapsed(): number {
    return this.#options.elapsed?.() ?? performance.now();
  }

  #upsert({ id, envelope, applied, again }: StoredCommand): void {
    const before = this.#entries.get(id);
    this.#unkeptSince.delete(id);
    // an answer of another era says nothing of this one
    const known = again !== undefined && before?.again !== true ? null : (before?.applied ?? null);
    this.#entries.set(id, {
      id,
      envelope,
      kept: true,
      applied: applied ?? known,
      again: again !== undefined,
    });
  }

  #sort(stored: readonly StoredCommand[]): void {
    const order = new Map(stored.map((command) => [command.id, command.order]));
    const sorted = this.commands.toSorted(
      (a, b) => (order.get(a.id) ?? Infinity) - (order.get(b.id) ?? Infinity),
    );
    this.#entries.clear();
    for (const entry of sorted) this.#entries.set(entry.id, entry);
  }
}

/** What `POST /api/commands` takes at once. */
const MAX_BATCH = 100;

function asBoundaryError(error: unknown): BoundaryError {
  if (error instanceof BoundaryError) return error;
  return new BoundaryError('server', 'Sending failed.', { cause: error });
}
