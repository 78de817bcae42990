/** Speaks up when a target is three quarters or wholly used up: run as the system, by the commands that people use. */
import { TERMINAL_STATES, thresholdsAhead } from '@muster/domain/shared';
import type { CommandEnvelope, Directory, DueThreshold, Ticket } from '@muster/domain/shared';
import { derivedCommandId } from '../commands/derived-id.ts';
import { ticketOf } from '../commands/records.ts';
import type { Logger } from '../log.ts';
import { loadDirectory } from '../store/directory.ts';
import type { Store } from '../store/store.ts';
import { startClock } from './clock.ts';
import type { Clock } from './clock.ts';
import { DueCommands } from './run-due.ts';

const EVERY_MS = 60_000;
/** What passed longer ago is not spoken of any more: it came by an import, or the store stood still. */
const STALE_MS = 24 * 60 * 60 * 1000;
const RECORDS_AT_ONCE = 500;

interface Watched {
  readonly process: Ticket['process'];
  readonly version: number;
  readonly ahead: readonly DueThreshold[];
}

/**
 * Looks every minute. Which thresholds lie ahead is kept in memory: read once at the start and when agreements or
 * calendars change, and from then on for the records that had events since the last look. The commands' ids come from
 * their causes, so nothing speaks twice, whenever the process ends.
 */
export function startEscalationClock(store: Store, log: Logger): Clock {
  const commands = new DueCommands(store, log);
  const watched = new Watch(store);
  return startClock({
    everyMs: EVERY_MS,
    tick: async (now) => {
      await watched.look();
      return commands.run(watched.takeDue(now));
    },
    log,
    words: {
      done: 'clocks passed a threshold',
      failed: 'the escalation clock failed and tries again in a minute',
    },
    onFailure: () => watched.forget(),
  });
}

/** The thresholds ahead of every open ticket. */
class Watch {
  readonly #store: Store;
  readonly #tickets = new Map<string, Watched>();
  #seen: number | null = null;
  #rules = '';

  constructor(store: Store) {
    this.#store = store;
  }

  /** Begins anew at the next look. */
  forget(): void {
    this.#seen = null;
  }

  async look(): Promise<void> {
    const directory = await loadDirectory(this.#store.reader);
    const rules = JSON.stringify([directory.agreements, [...directory.calendars.values()]]);
    const head = await this.#head();
    if (this.#seen === null || rules !== this.#rules) await this.#lookAtAll(directory);
    else await this.#lookAtChanged(directory, this.#seen);
    this.#rules = rules;
    this.#seen = head;
  }

  /** The commands that are due, each ticket's in order; what was taken is not due again until its ticket changes. */
  takeDue(now: number): readonly CommandEnvelope[] {
    const due: CommandEnvelope[] = [];
    for (const [id, ticket] of this.#tickets) {
      const passed = ticket.ahead.filter(({ at }) => at <= now);
      if (passed.length === 0) continue;
      this.#tickets.set(id, { ...ticket, ahead: ticket.ahead.filter(({ at }) => at > now) });
      const fresh = passed.filter(({ at }) => at > now - STALE_MS);
      due.push(...fresh.map((threshold) => commandFor(id, ticket, threshold, now)));
    }
    return due;
  }

  async #head(): Promise<number> {
    const row = await this.#store.reader
      .selectFrom('event')
      .select(({ fn }) => fn.max('seq').as('seq'))
      .executeTakeFirst();
    return row?.seq ?? 0;
  }

  async #lookAtAll(directory: Directory): Promise<void> {
    this.#tickets.clear();
    let after = '';
    for (;;) {
      const rows = await this.#store.reader
        .selectFrom('record')
        .select(['id', 'data'])
        .where('live', '=', 1)
        .where('id', '>', after)
        .orderBy('id')
        .limit(RECORDS_AT_ONCE)
        .execute();
      for (const row of rows) this.#watch(ticketOf(row), directory);
      const last = rows.at(-1);
      if (last === undefined || rows.length < RECORDS_AT_ONCE) return;
      after = last.id;
    }
  }

  async #lookAtChanged(directory: Directory, seen: number): Promise<void> {
    const changed = await this.#store.reader
      .selectFrom('event')
      .select('record')
      .distinct()
      .where('seq', '>', seen)
      .execute();
    for (let from = 0; from < changed.length; from += RECORDS_AT_ONCE) {
      const ids = changed.slice(from, from + RECORDS_AT_ONCE).map(({ record }) => record);
      const rows = await this.#store.reader
        .selectFrom('record')
        .select('data')
        .where('id', 'in', ids)
        .execute();
      for (const row of rows) this.#watch(ticketOf(row), directory);
    }
  }

  #watch(ticket: Ticket, directory: Directory): void {
    const ahead = TERMINAL_STATES.has(ticket.state) ? [] : thresholdsAhead(ticket, directory);
    if (ahead.length === 0) this.#tickets.delete(ticket.id);
    else this.#tickets.set(ticket.id, { process: ticket.process, version: ticket.version, ahead });
  }
}

function commandFor(
  id: string,
  { process, version }: Watched,
  { metric, percent, at }: DueThreshold,
  now: number,
): CommandEnvelope {
  return {
    id: derivedCommandId(`clock:threshold:${id}:${metric}:${percent}`, at),
    type: `${process}.pass-threshold`,
    target: id as CommandEnvelope['target'],
    args: { metric, percent },
    basis: version,
    clientAt: now,
  };
}
