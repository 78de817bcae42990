import { SvelteMap } from 'svelte/reactivity';
import type { RecordId, RefusalContent, TicketAct } from '@muster/domain/shared';
import type { Muster, SentCommand, TicketRow } from '#lib/live/muster.ts';
import { actFor, type BulkChange } from './bulk-change.ts';
import { previewAct } from './preview.ts';

export type BulkResult =
  | { readonly kind: 'to-do' }
  /** Kept on this device, the server has not answered yet. */
  | { readonly kind: 'waiting' }
  | { readonly kind: 'applied' }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'refused'; readonly refusal: RefusalContent }
  | { readonly kind: 'superseded'; readonly reason: string }
  | { readonly kind: 'undone' };

export interface BulkLine {
  readonly id: RecordId;
  readonly reference: string;
  readonly title: string;
  readonly result: BulkResult;
}

export interface DryRun {
  readonly willChange: number;
  readonly unchanged: number;
  readonly refused: readonly { readonly row: TicketRow; readonly refusal: RefusalContent }[];
}

/** Acts sent before the browser may draw again. */
const BATCH = 40;

/** Looks at what a change would do to each record, without doing it. */
export function dryRun(muster: Muster, change: BulkChange, rows: readonly TicketRow[]): DryRun {
  let willChange = 0;
  let unchanged = 0;
  const refused: { row: TicketRow; refusal: RefusalContent }[] = [];
  for (const row of rows) {
    const act = actFor(change, row);
    const refusal = act && previewAct(muster, row, act);
    if (act === null) unchanged += 1;
    else if (refusal) refused.push({ row, refusal });
    else willChange += 1;
  }
  return { willChange, unchanged, refused };
}

/** One change on its way through many records: progress, the result of each, and the way back. */
export class BulkRun {
  readonly #muster: Muster;
  readonly #change: BulkChange;
  readonly #sent: SentCommand[] = [];
  #lines = $state.raw<readonly BulkLine[]>([]);
  readonly #results = new SvelteMap<RecordId, BulkResult>();
  #stopped = false;
  #running = $state(false);

  constructor(muster: Muster, change: BulkChange, rows: readonly TicketRow[]) {
    this.#muster = muster;
    this.#change = change;
    this.#lines = rows.map((row) => ({
      id: row.id,
      reference: row.number ?? row.token,
      title: row.title,
      result: { kind: 'to-do' },
    }));
  }

  get running(): boolean {
    return this.#running;
  }

  get total(): number {
    return this.#lines.length;
  }

  get lines(): readonly BulkLine[] {
    return this.#lines.map((line) => ({ ...line, result: this.#results.get(line.id) ?? line.result }));
  }

  count(kind: BulkResult['kind']): number {
    let count = 0;
    for (const result of this.#results.values()) if (result.kind === kind) count += 1;
    return kind === 'to-do' ? this.total - this.#results.size : count;
  }

  get canUndo(): boolean {
    return !this.#running && this.count('applied') + this.count('waiting') > 0;
  }

  /** Sends every act; a batch at a time, so that the page goes on drawing. */
  async start(): Promise<void> {
    this.#running = true;
    for (let from = 0; from < this.#lines.length && !this.#stopped; from += BATCH) {
      for (const line of this.#lines.slice(from, from + BATCH))
        this.#results.set(line.id, this.#runOne(line));
      await turn();
    }
    this.#running = false;
  }

  /** No further acts are sent; those that are under way keep their results. */
  stop(): void {
    this.#stopped = true;
  }

  /** Takes back what can be taken back, in the opposite order. */
  undo(): void {
    const { commands } = this.#muster;
    for (const sent of [...this.#sent].reverse()) {
      const kind = this.#results.get(sent.target)?.kind;
      if (kind !== 'applied' && kind !== 'waiting') continue;
      const acts = commands.undoOf(sent.id);
      if (acts === null) continue;
      for (const { process, target, act } of acts) commands.run(process, target, act);
      this.#say(sent.target, { kind: 'undone' });
    }
  }

  #runOne(line: BulkLine): BulkResult {
    const row = this.#muster.tickets.get(line.id);
    if (!row) return { kind: 'refused', refusal: { code: 'ticket/no-such-record' } };
    const act = actFor(this.#change, row);
    return act === null ? { kind: 'unchanged' } : this.#send(row, act);
  }

  #send(row: TicketRow, act: TicketAct): BulkResult {
    const sent = this.#muster.commands.run(row.process, row.id, act);
    this.#sent.push(sent);
    void sent.kept.then((kept) => {
      if (kept !== 'kept' && kept.outcome === 'refused')
        this.#say(row.id, { kind: 'refused', refusal: kept.refusal });
    });
    void sent.settled.then((outcome) => {
      if (this.#results.get(row.id)?.kind === 'undone') return;
      if (outcome.outcome === 'applied') this.#say(row.id, { kind: 'applied' });
      else if (outcome.outcome === 'refused')
        this.#say(row.id, { kind: 'refused', refusal: outcome.refusal });
      else this.#say(row.id, { kind: 'superseded', reason: outcome.reason });
    });
    return { kind: 'waiting' };
  }

  #say(id: RecordId, result: BulkResult): void {
    this.#results.set(id, result);
  }
}

/** Lets the browser draw and take input before the next batch. */
function turn(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve);
  });
}
