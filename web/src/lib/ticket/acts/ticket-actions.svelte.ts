import { createContext } from 'svelte';
import type { RecordId, RefusalContent, TicketAct, TicketProcess } from '@muster/domain/shared';
import type { Muster, SentCommand, TicketRow } from '#lib/live/muster.ts';
import { showToast } from '#lib/ui/toast.ts';
import { sentence } from '#lib/wording/say.ts';
import { actFor, type BulkChange } from './bulk-change.ts';
import { BulkRun } from './bulk-run.svelte.ts';
import { sayOf } from './say.ts';
import type { Step } from './steps.ts';

/** What a person may be asked before an act on one or many records. */
export type Question = 'assign' | 'state' | 'priority' | 'tags' | 'snooze' | 'edit';

/**
 * Acts on one or many records, asked from anywhere: a key in the list, a button of the record, a menu.
 * Says what happened, remembers it for undo, and shows the results of a change to many.
 */
export class TicketActions {
  readonly #muster: Muster;
  /** What can be taken back, the latest last; each entry is one thing the person did. */
  readonly #done: (() => void)[] = [];
  #asking = $state.raw<{
    readonly question: Question;
    readonly ids: readonly RecordId[];
    readonly to?: string;
  } | null>(null);
  #bulk = $state.raw<BulkRun | null>(null);

  constructor(muster: Muster) {
    this.#muster = muster;
  }

  get asking() {
    return this.#asking;
  }

  /** The change to many that runs or ran last, until dismissed. */
  get bulk(): BulkRun | null {
    return this.#bulk;
  }

  ask(question: Question, ids: readonly RecordId[]): void {
    if (ids.length > 0) this.#asking = { question, ids };
  }

  /** Takes a step of the lifecycle: at once when nothing needs to be said with it, else by asking. */
  step(step: Step, id: RecordId): void {
    if (step.needs.length === 0) this.apply({ kind: 'state', to: step.to }, [id]);
    else this.#asking = { question: 'state', ids: [id], to: step.to };
  }

  stopAsking(): void {
    this.#asking = null;
  }

  dismissBulk(): void {
    this.#bulk?.stop();
    this.#bulk = null;
  }

  /** Brings a change to records: to one at once, to many with progress and a result for each. */
  apply(change: BulkChange, ids: readonly RecordId[]): void {
    const rows = ids.flatMap((id) => this.#muster.tickets.get(id) ?? []);
    const [only] = rows;
    if (!only) return;
    if (rows.length > 1) return this.#applyToMany(change, rows);
    const act = actFor(change, only);
    if (act === null) showToast('It is like that already.');
    else this.run(only.process, only.id, act);
  }

  /** Runs one act, says so, and offers the way back. A refusal by the rules here is said at once. */
  run(
    process: TicketProcess,
    target: RecordId,
    act: TicketAct,
    options: { readonly quiet?: boolean } = {},
  ): SentCommand {
    const sent = this.#muster.commands.run(process, target, act);
    void sent.kept.then((kept) => {
      if (kept !== 'kept' && kept.outcome === 'refused') {
        void this.#sayNo(kept.refusal);
        return;
      }
      const undo = () => this.#undoOne(sent);
      const canUndo = this.#muster.commands.undoOf(sent.id) !== null;
      if (canUndo) this.#done.push(undo);
      if (!options.quiet) void this.#say(target, act, canUndo);
    });
    return sent;
  }

  /** Takes back the last thing done here that can be taken back. */
  undo(): void {
    const last = this.#done.pop();
    if (last) last();
    else showToast('Nothing to take back.');
  }

  #applyToMany(change: BulkChange, rows: readonly TicketRow[]): void {
    const bulk = new BulkRun(this.#muster, change, rows);
    this.#bulk = bulk;
    this.#done.push(() => bulk.undo());
    void bulk.start();
  }

  /** The words for every reason are fetched when one is needed; without them the refusal is told all the same. */
  async #sayNo(refusal: RefusalContent): Promise<void> {
    const words = await import('#lib/wording/refusals.ts').catch(() => null);
    const detail = words?.refusalWords(refusal, sayOf(this.#muster));
    showToast('That is not possible', { tone: 'warning', ...(detail === undefined ? {} : { detail }) });
  }

  /** The words for every act are fetched when one was done; without them it is told all the same that it was. */
  async #say(target: RecordId, act: TicketAct, canUndo: boolean): Promise<void> {
    const words = await import('#lib/wording/acts.ts').catch(() => null);
    const say = sayOf(this.#muster);
    const message = `${say.record(target)}: ${words?.doneWords(act, say) ?? 'done'}`;
    showToast(sentence(message), canUndo ? { undo: () => this.undo() } : {});
  }

  #undoOne(sent: SentCommand): void {
    const acts = this.#muster.commands.undoOf(sent.id);
    if (acts === null) {
      showToast('Others have worked on this since; it cannot be taken back in one step.', {
        tone: 'warning',
      });
      return;
    }
    for (const { process, target, act } of acts) this.#muster.commands.run(process, target, act);
    showToast('Taken back.');
  }
}

export const [getActions, setActions] = createContext<TicketActions>();
