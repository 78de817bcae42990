import { readinessOf, release as decider } from '@muster/domain/release';
import type { Readiness, ReadinessContent, Release, ReleaseAct, ReleaseFacts } from '@muster/domain/release';
import type { Permission, RecordId } from '@muster/domain/shared';
import type { ChangeRow, LiveChanges } from '#lib/live/change/live-changes.ts';
import type { Muster } from '#lib/live/muster.ts';
import type { LiveRelease, LiveReleases } from '#lib/live/release/live-releases.ts';
import { sayWith } from '#lib/shell/say.svelte.ts';
import { minuteClock } from '#lib/ui/minute-clock.svelte.ts';
import { showToast } from '#lib/ui/toast.ts';
import { releaseRefusalWords } from '#lib/wording/release-refusals.ts';
import type { SayRelease } from '#lib/wording/release-refusals.ts';

/** One open release as its screen works on it: what is derived from it once for all panels, and the acts on it. */
export class ReleaseWork {
  readonly live: LiveRelease;
  readonly releases: LiveReleases;
  readonly changes: LiveChanges;
  readonly muster: Muster;
  readonly #facts: ReleaseFacts;
  readonly #readiness: Readiness | null;
  /** Readinesses that were shown on this device, by hash: what tells how a void answer differs from what stands. */
  readonly #seen = new Map<string, ReadinessContent>();

  constructor(parts: Pick<ReleaseWork, 'live' | 'releases' | 'changes' | 'muster'>) {
    const { live } = parts;
    this.live = live;
    this.releases = parts.releases;
    this.changes = parts.changes;
    this.muster = parts.muster;
    this.#facts = $derived(live.facts());
    this.#readiness = $derived.by(() => {
      const { release } = live;
      return release === undefined ? null : readinessOf(release, this.#facts);
    });
    this.#restore();
  }

  get id(): RecordId {
    return this.live.id;
  }

  get release(): Release | undefined {
    return this.live.release;
  }

  get facts(): ReleaseFacts {
    return this.#facts;
  }

  get readiness(): Readiness | null {
    return this.#readiness;
  }

  get now(): number {
    return minuteClock.now;
  }

  can(permission: Permission): boolean {
    return this.muster.me.can(permission);
  }

  change(id: RecordId): ChangeRow | undefined {
    return this.changes.get(id);
  }

  /** Names of what stands in it. Read it where it should stay current. */
  get say(): SayRelease {
    const say = sayWith(this.muster);
    const { release } = this;
    const phases = release?.phases ?? [];
    return {
      ...say,
      record: (id) => {
        const change = this.changes.peek(id as RecordId);
        return change === undefined ? say.record(id) : (change.number ?? change.token);
      },
      step: (id) => quoted(release?.steps.find((each) => each.id === id)?.title) ?? 'a step',
      phase: (id) => phases.find((each) => each.id === id)?.name ?? 'a phase',
      gate: (id) =>
        quoted(phases.flatMap(({ gates }) => gates).find((each) => each.id === id)?.name) ?? 'a gate',
    };
  }

  /** What stands against an act as things are on this device, in words; null when nothing does. */
  against(act: ReleaseAct): string | null {
    const { release } = this;
    if (release === undefined) return null;
    const { now } = this;
    const answer = decider.decide(release, act, {
      ...{ actor: this.releases.actor, now, clientAt: now, target: this.id },
      ...{ since: [], number: null, related: new Map() },
      directory: this.muster.directory.current,
      facts: this.#facts,
    });
    return answer.ok ? null : releaseRefusalWords(answer.refusal, this.say);
  }

  /** Why it is refused, in words; null when it is on its way. */
  async run(act: ReleaseAct, basis?: number): Promise<string | null> {
    const sent = this.releases.run(this.id, act, basis);
    const kept = await sent.kept;
    if (kept === 'kept') return null;
    return kept.outcome === 'refused' ? releaseRefusalWords(kept.refusal, this.say) : null;
  }

  /** As `run`, for buttons without a form: the refusal is said in the corner. */
  async act(act: ReleaseAct): Promise<boolean> {
    const refusal = await this.run(act);
    if (refusal !== null) showToast('That is not possible', { tone: 'warning', detail: refusal });
    return refusal === null;
  }

  /** Keeps what was read, so that it can be told apart from what stands later; over a visit for what was answered. */
  keep({ hash, content }: Readiness, isAnswered = false): void {
    this.#seen.set(hash, content);
    if (!isAnswered) return;
    try {
      localStorage.setItem(this.#key, JSON.stringify({ hash, content }));
    } catch {
      // a device that is full tells the difference for this visit only
    }
  }

  contentOf(hash: string): ReadinessContent | null {
    return this.#seen.get(hash) ?? null;
  }

  get #key(): string {
    return `muster:readiness:${this.id}`;
  }

  #restore(): void {
    try {
      const kept: unknown = JSON.parse(localStorage.getItem(this.#key) ?? 'null');
      if (isKept(kept)) this.#seen.set(kept.hash, kept.content);
    } catch {
      // written by another version: the answer is void all the same
    }
  }
}

function isKept(value: unknown): value is Pick<Readiness, 'hash' | 'content'> {
  return typeof value === 'object' && value !== null && 'hash' in value && 'content' in value;
}

const quoted = (title: string | undefined) => (title === undefined ? null : `“${title}”`);
