import { releaseName } from '@muster/documents';
import { readRelease } from '@muster/documents/release';
import type { ReleaseMemo } from '@muster/documents/release';
import type { Release, Step } from '@muster/domain/release';
import type { RecordId } from '@muster/domain/shared';
import type { Handle, Shelf } from '../../connection/shelf.ts';
import type { PendingCommand } from '../../connection/pending-command.ts';
import { Grains } from '../grains.ts';
import type { OwnActs } from '../own-acts.ts';
import { WatchedDocument } from '../watched-document.ts';
import { releaseActOf } from './release-acts.ts';
import type { ReleaseRules } from './release-rules.ts';

/**
 * One release, whole: its document with own acts folded in. When something changes only what differs is told, so that
 * a tick costs one row of the checklist. Steps that did not change stay the same objects.
 */
export class HeldRelease {
  readonly id: RecordId;
  readonly #options: HeldReleaseOptions;
  readonly #handle: Handle;
  readonly #document: WatchedDocument;
  readonly #steps = new Grains<string>();
  readonly #grains = new Grains<'release' | 'order' | 'loaded'>();
  readonly #stop: () => void;
  readonly #memo: ReleaseMemo = new Map();
  #stepsById: ReadonlyMap<string, Step> = new Map();
  #pendingSteps: ReadonlySet<string> = new Set();
  #waiting: readonly PendingCommand[] = [];
  #confirmed: Release | null = null;
  #shown: Release | null = null;

  constructor(id: RecordId, options: HeldReleaseOptions) {
    this.id = id;
    this.#options = options;
    this.#handle = options.shelf.open(releaseName(id));
    this.#stop = this.#handle.onChange(() => this.#grains.tell('loaded'));
    this.#document = new WatchedDocument(() => this.refresh());
    this.#document.follow(this.#handle);
    this.refresh();
  }

  get loaded(): boolean {
    this.#grains.read('loaded');
    const { current } = this.#handle;
    return current === null || current.loaded;
  }

  get release(): Release | undefined {
    this.#grains.read('release');
    return this.#shown ?? undefined;
  }

  get stepIds(): readonly string[] {
    this.#grains.read('order');
    return [...this.#stepsById.keys()];
  }

  step(id: string): Step | undefined {
    this.#steps.read(id);
    return this.#stepsById.get(id);
  }

  isStepPending(id: string): boolean {
    this.#steps.read(id);
    return this.#pendingSteps.has(id);
  }

  get pending(): number {
    this.#grains.read('release');
    return this.#waiting.length;
  }

  /** What the server is known to say. */
  get confirmed(): Release | null {
    return this.#confirmed;
  }

  /** As it is shown, without subscribing. */
  peek(): Release | null {
    return this.#shown;
  }

  /** Works out anew what is shown, and tells what differs. */
  refresh(): void {
    const { doc } = this.#document;
    const { own, rules, advanced } = this.#options;
    const before = this.#confirmed?.version ?? 0;
    this.#confirmed = doc === null ? null : readRelease(doc, this.id, this.#memo).release;
    const version = this.#confirmed?.version ?? 0;
    const commands = own.after(this.id, version);
    this.#shown = commands.reduce<Release | null>(
      (state, { envelope }) => rules.fold(this.id, state, envelope),
      this.#confirmed,
    );
    const waiting = commands.filter(({ applied }) => applied === null);
    this.#waiting = waiting;
    this.#tellSteps(new Map((this.#shown?.steps ?? []).map((step) => [step.id, step])), stepsOf(waiting));
    this.#grains.tell('release');
    if (version > before) advanced();
  }

  close(): void {
    this.#stop();
    this.#document.follow(undefined);
    this.#handle.release();
  }

  #tellSteps(steps: ReadonlyMap<string, Step>, pending: ReadonlySet<string>): void {
    const [before, pendingBefore] = [this.#stepsById, this.#pendingSteps];
    this.#stepsById = steps;
    this.#pendingSteps = pending;
    for (const id of new Set([...before.keys(), ...steps.keys()]))
      if (before.get(id) !== steps.get(id) || pendingBefore.has(id) !== pending.has(id)) this.#steps.tell(id);
    const [was, is] = [[...before.keys()], [...steps.keys()]];
    if (was.length !== is.length || was.some((id, index) => id !== is[index])) this.#grains.tell('order');
  }
}

export interface HeldReleaseOptions {
  readonly shelf: Pick<Shelf, 'open'>;
  readonly rules: ReleaseRules;
  readonly own: Pick<OwnActs, 'after'>;
  /** The server is known to say more than before: own acts may be in it. */
  readonly advanced: () => void;
}

function stepsOf(waiting: readonly PendingCommand[]): ReadonlySet<string> {
  return new Set(
    waiting.flatMap(({ envelope }) => {
      const act = releaseActOf(envelope);
      return act !== null && 'step' in act ? [act.step] : [];
    }),
  );
}
