/**
 * An import as its thread holds it: what is planned, which commands come next, and what has become of them. The main
 * thread carries the commands to the writer and never sees the whole.
 */
import { planImport } from '@muster/domain/configuration';
import type { Imported, ImportPlan, ImportReport, RowFault } from '@muster/domain/configuration';
import { recordId } from '@muster/domain/shared';
import type { Actor, CommandEnvelope, CommandOutcome } from '@muster/domain/shared';
import { derivedCommandId } from '../../commands/derived-id.ts';
import { canonicalJson } from '../../store/canonical-json.ts';
import type { PresentConfiguration } from './present.ts';
import { refusalWords } from './refusal-words.ts';
import { reportOf } from './report.ts';
import type { Done } from './report.ts';
import { piecesOf } from './steps.ts';
import type { Step } from './steps.ts';

/** Commands a transaction: enough to amortise the commit, and few enough that nobody waits for long. */
const BATCH = 100;

/** What the source calls an item. */
export interface Origin {
  readonly key: string;
  readonly item: string;
}

/** What a file is; or why it is none, in words for whoever brought it. */
export type PlannedImport =
  | { readonly ok: true; readonly source: string; readonly of: number }
  | { readonly ok: false; readonly why: 'too-large' }
  | { readonly ok: false; readonly why: 'not-that-format'; readonly words: string };

export interface ImportBatch {
  readonly commands: readonly CommandEnvelope[];
  /** Whether the import may end before it: no item is left with half of its relations. */
  readonly isBoundary: boolean;
}

export class ImportWork {
  readonly #imported: Imported;
  readonly #plan: ImportPlan;
  readonly #present: PresentConfiguration;
  readonly #actor: Pick<Actor, 'id'>;
  readonly #steps: readonly Step[];
  /** Places in the steps where a piece begins. */
  readonly #begins: ReadonlySet<number>;
  readonly #done: Record<Step['kind'], Set<number>> = {
    made: new Set(),
    changed: new Set(),
    related: new Set(),
    replaced: new Set(),
  };
  readonly #faults: RowFault[] = [];
  #at = 0;
  #batch: readonly Step[] = [];

  constructor(imported: Imported, present: PresentConfiguration, actor: Pick<Actor, 'id'>) {
    [this.#imported, this.#present, this.#actor] = [imported, present, actor];
    this.#plan = planImport(imported, present);
    const pieces = piecesOf(imported.source, this.#plan, present);
    this.#steps = pieces.flat();
    let begin = 0;
    this.#begins = new Set(pieces.map((piece) => (begin += piece.length) - piece.length));
  }

  get source(): string {
    return this.#imported.source;
  }

  /** Commands in all. */
  get of(): number {
    return this.#steps.length;
  }

  /**
   * What there is already becomes known by what this source calls it, whether or not its change goes through: one that
   * was joined into another by itself, since joinings are taken back.
   */
  standing(): readonly Origin[] {
    return [...this.#plan.left, ...this.#plan.changed].flatMap(({ found, from: { key } }) =>
      this.#present.known.has(key) ? [] : [{ key, item: found }],
    );
  }

  /** The next commands; none when it is through. */
  next(): ImportBatch {
    let end = Math.min(this.#at + BATCH, this.#steps.length);
    const isBoundary = this.#begins.has(this.#at);
    // back to where a piece begins, unless one piece is larger than a batch
    for (let cut = end; cut > this.#at && end < this.#steps.length; cut -= 1)
      if (this.#begins.has(cut)) {
        end = cut;
        break;
      }
    this.#batch = this.#steps.slice(this.#at, end);
    return { commands: this.#batch.map((step) => this.#commandOf(step)), isBoundary };
  }

  /** Takes what became of the last commands; answers which items are known by the source from now on. */
  settle(outcomes: readonly CommandOutcome[]): {
    readonly done: number;
    readonly origins: readonly Origin[];
  } {
    const origins: Origin[] = [];
    this.#batch.forEach((step, place) => {
      const outcome = outcomes[place];
      if (outcome?.outcome === 'applied') {
        this.#done[step.kind].add(step.place);
        if (step.kind === 'made' && step.key !== null && !this.#present.known.has(step.key))
          origins.push({ key: step.key, item: step.target });
      } else this.#faults.push({ line: step.line, what: step.what, reason: reasonOf(outcome) });
    });
    this.#at += this.#batch.length;
    this.#batch = [];
    return { done: this.#at, origins };
  }

  /** @param mode What it would do, or what it did */
  report(mode: 'plan' | 'done'): ImportReport {
    const done: Done | null =
      mode === 'plan'
        ? null
        : { ...this.#done, faults: this.#faults, notReached: this.#steps.length - this.#at };
    return reportOf(this.#imported, this.#plan, this.#present, done);
  }

  /**
   * The id is made of what the command says and of how the desk stood: the same import again, cut off or sent twice,
   * gets the answers that it got, and what was refused once is asked anew when anything has changed.
   */
  #commandOf({ type, target, args, basis, key }: Step): CommandEnvelope {
    const { seq } = this.#present;
    const cause = canonicalJson([
      ...['import', this.source, key, type, target, args, basis, this.#actor.id, seq],
    ]);
    return {
      id: derivedCommandId(cause, 0),
      ...{ type, target: recordId(target), args, basis, clientAt: Date.now() },
    };
  }
}

function reasonOf(outcome: CommandOutcome | undefined): string {
  if (outcome?.outcome === 'refused') return refusalWords(outcome.refusal);
  return 'somebody else was first; import the file again';
}
