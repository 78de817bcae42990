import { isDone, isTurnedBack } from '@muster/domain/release';
import type { Phase, ReleaseAct, Step, StepFields, StepPlan } from '@muster/domain/release';
import type { Outcome, PersonId } from '@muster/domain/shared';
import { ulid } from 'ulid';
import type { Muster } from '#lib/live/muster.ts';
import type { LiveRelease, LiveReleases } from '#lib/live/release/live-releases.ts';
import { sayWith } from '#lib/shell/say.svelte.ts';
import { showToast } from '#lib/ui/toast.ts';
import { Cutover } from '../cutover/cutover.svelte.ts';
import { linesOf, stepOfLine } from './outline.ts';
import type { Line, StepFilter } from './outline.ts';
import type { PastedStep } from './pasted-steps.ts';
import { stepRefusalWords } from './step-refusals.ts';
import type { SayStep } from './step-refusals.ts';

/** What people press or drop: the acts on one step. */
type StepAct = Extract<ReleaseAct, { readonly step: string }>;

/** The checklist of an open release as one screen shows it: what is looked at, and the acts on it. */
export class Checklist {
  readonly live: LiveRelease;
  readonly cutover: Cutover;
  readonly #releases: LiveReleases;
  readonly #muster: Muster;
  filter = $state<StepFilter>('all');
  /** The step that the keys act on. */
  cursor = $state<string | null>(null);
  readonly #phases = $derived.by(
    (): ReadonlyMap<string, Phase> =>
      new Map((this.live.release?.phases ?? []).map((each) => [each.id, each])),
  );
  readonly #lines = $derived.by(() => this.#outline());
  #shown: readonly Line[] = [];

  constructor(live: LiveRelease, releases: LiveReleases, muster: Muster) {
    this.live = live;
    this.#releases = releases;
    this.#muster = muster;
    this.cutover = new Cutover({
      get release() {
        return live.release;
      },
      get now() {
        return muster.now;
      },
    });
  }

  get me(): PersonId {
    return this.#muster.me.person.id;
  }

  /** Whether this person ticks and plans here at all; what is allowed just now the rules say. */
  get isReadonly(): boolean {
    return !this.#muster.me.can('release.work');
  }

  /** Sections and steps to show. Another array only when other lines stand in it. */
  get lines(): readonly Line[] {
    return this.#lines;
  }

  /** Why no step is started or ticked, whatever its phase says; null while the release goes forward. */
  get whyHeld(): string | null {
    const { release } = this.live;
    if (release === undefined || !isTurnedBack(release)) return null;
    return release.state === 'rolling_back'
      ? 'The release is being rolled back: steps are undone on the way back, and none is ticked any more.'
      : 'The release was rolled back: no step is ticked any more.';
  }

  phase(id: string): Phase | undefined {
    return this.#phases.get(id);
  }

  get phases(): readonly Phase[] {
    return [...this.#phases.values()];
  }

  isCritical(step: string): boolean {
    return this.cutover.view?.critical.has(step) === true;
  }

  /** Moves the cursor by some steps, over heads of sections. */
  move(by: number): void {
    const steps = this.#steps();
    const at = this.cursor === null ? -1 : steps.indexOf(this.cursor);
    const first = by > 0 ? 0 : steps.length - 1;
    this.cursor = steps[at < 0 ? first : Math.max(0, Math.min(steps.length - 1, at + by))] ?? null;
  }

  moveTo(end: 'first' | 'last'): void {
    this.cursor = this.#steps().at(end === 'first' ? 0 : -1) ?? null;
  }

  /** Puts the cursor on a step, though a filter leaves it out. */
  jump(step: string): void {
    if (!this.lines.includes(`step:${step}`)) this.filter = 'all';
    this.cursor = step;
  }

  /** Ticks what is not done, and unticks what is. */
  toggle(step: Step): Promise<boolean> {
    return this.act({ verb: isDone(step) ? 'untick' : 'tick', step: step.id });
  }

  /** Whether it is on its way: what the rules refuse is said in the corner, now or when the server does. */
  async act(act: StepAct): Promise<boolean> {
    const refusal = await this.#run(act);
    if (refusal !== null) showToast('That is not possible', { tone: 'warning', detail: refusal });
    return refusal === null;
  }

  attach(step: string, text: string): Promise<boolean> {
    return this.act({ verb: 'attach-evidence', step, evidence: ulid(), text });
  }

  /** Why the change is refused, in words; null when it is on its way. */
  edit(step: string, fields: Partial<StepFields>, basis: number): Promise<string | null> {
    return this.#run({ verb: 'edit-step', step, fields }, basis);
  }

  get basis(): number {
    return this.#releases.basisOf(this.live.id);
  }

  /** Adds steps at the end of a phase; in a row each waits for the one before it. */
  async add(phase: string, pasted: readonly PastedStep[], inARow: boolean): Promise<string | null> {
    let before: string | null = null;
    const steps = pasted.map(({ title, minutes }): StepPlan => {
      const id = ulid();
      const after = inARow && before !== null ? [before] : [];
      before = id;
      const rest = { owner: null, change: null, rollback: '', noReturn: false };
      return { id, title, phase, minutes, after, ...rest };
    });
    const refusal = await this.#run({ verb: 'add-steps', steps });
    if (refusal === null) this.cursor = steps[0]?.id ?? this.cursor;
    return refusal;
  }

  async #run(act: ReleaseAct, basis?: number): Promise<string | null> {
    const sent = this.#releases.run(this.live.id, act, basis);
    const kept = await sent.kept;
    if (kept !== 'kept') return this.#wordsOf(kept);
    return null;
  }

  #wordsOf(outcome: Outcome): string | null {
    if (outcome.outcome !== 'refused') return null;
    const { refusal } = outcome;
    const held = refusal.code === 'release/phase-not-running' ? this.whyHeld : null;
    return held ?? stepRefusalWords(refusal, this.#say());
  }

  #say(): SayStep {
    return {
      ...sayWith(this.#muster),
      step: (id) => (typeof id === 'string' ? titled(this.live.step(id)) : null) ?? 'another step',
      phase: (id) => (typeof id === 'string' ? this.phase(id)?.name : undefined) ?? 'The phase',
    };
  }

  #steps(): readonly string[] {
    return this.lines.flatMap((line) => stepOfLine(line) ?? []);
  }

  #outline(): readonly Line[] {
    const { release } = this.live;
    if (release === undefined) return (this.#shown = []);
    const { filter, me } = this;
    const critical =
      filter === 'critical' ? (this.cutover.view?.critical ?? new Set<string>()) : new Set<string>();
    const lines = linesOf(release, { filter, me, critical });
    const before = this.#shown;
    const isSame = lines.length === before.length && lines.every((line, index) => line === before[index]);
    return isSame ? before : (this.#shown = lines);
  }
}

const titled = (step: Step | undefined) => (step === undefined ? null : `“${step.title}”`);
