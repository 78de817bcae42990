/** What the history of a description shows: which sitting, in which way, and what came for it. */
import type { Moment, RoomPast, Sitting } from '#lib/live/room-past.ts';

export const PAST_WAYS = ['changes', 'text', 'now'] as const;
export type PastWay = (typeof PAST_WAYS)[number];

export class PastView<Shown> {
  readonly #past: Pick<RoomPast, 'sittings'>;
  readonly #look: (moment: Moment, signal: AbortSignal) => Promise<Shown>;
  #sittings = $state.raw<readonly Sitting[] | null>(null);
  #next: number | null = $state(null);
  #total = $state(0);
  #place = $state(0);
  #way = $state<PastWay>('changes');
  #shown = $state.raw<Shown | null>(null);
  #problem = $state.raw<string | null>(null);
  #asked = new AbortController();

  /** `look` asks for what is shown of the room at a moment. */
  constructor(
    past: Pick<RoomPast, 'sittings'>,
    look: (moment: Moment, signal: AbortSignal) => Promise<Shown>,
  ) {
    this.#past = past;
    this.#look = look;
  }

  /** Oldest first; null until they have come. */
  get sittings(): readonly Sitting[] | null {
    return this.#sittings;
  }

  /** Sittings before those that are listed. */
  get older(): number {
    return this.#next === null ? 0 : this.#total - (this.#sittings?.length ?? 0);
  }

  get place(): number {
    return this.#place;
  }

  get sitting(): Sitting | undefined {
    return this.#sittings?.[this.#place];
  }

  get isNewest(): boolean {
    return this.#place === (this.#sittings?.length ?? 0) - 1;
  }

  get way(): PastWay {
    return this.#way;
  }

  get shown(): Shown | null {
    return this.#shown;
  }

  /** What went wrong, in words. */
  get problem(): string | null {
    return this.#problem;
  }

  async open(): Promise<void> {
    await this.#try(async () => {
      const { sittings, next, total } = await this.#past.sittings(null);
      this.#sittings = sittings.toReversed();
      this.#next = next;
      this.#total = total;
      this.#place = Math.max(0, sittings.length - 1);
    });
    await this.#show();
  }

  async showOlder(): Promise<void> {
    await this.#try(async () => {
      const { sittings, next } = await this.#past.sittings(this.#next);
      this.#sittings = [...sittings.toReversed(), ...(this.#sittings ?? [])];
      this.#place += sittings.length;
      this.#next = next;
    });
  }

  async goTo(place: number): Promise<void> {
    this.#place = Math.min(Math.max(0, place), (this.#sittings?.length ?? 1) - 1);
    await this.#show();
  }

  async lookAt(way: PastWay): Promise<void> {
    this.#way = way;
    await this.#show();
  }

  /** As it stood at the end of the sitting that is shown. */
  version(): Promise<Shown> {
    const { to } = this.sitting ?? { to: 0 };
    return this.#look({ at: to }, new AbortController().signal);
  }

  close(): void {
    this.#asked.abort();
  }

  async #show(): Promise<void> {
    const sitting = this.sitting;
    if (sitting === undefined) return;
    this.#asked.abort();
    this.#asked = new AbortController();
    const { signal } = this.#asked;
    await this.#try(async () => {
      const shown = await this.#look(momentOf(this.#way, sitting), signal);
      if (!signal.aborted) this.#shown = shown;
    }, signal);
  }

  async #try(work: () => Promise<void>, signal?: AbortSignal): Promise<void> {
    try {
      await work();
      this.#problem = null;
    } catch (error) {
      if (signal?.aborted !== true) this.#problem = error instanceof Error ? error.message : String(error);
    }
  }
}

function momentOf(way: PastWay, { from, to }: Sitting): Moment {
  if (way === 'text') return { at: to };
  return way === 'now' ? { since: to } : { at: to, since: Math.max(0, from - 1) };
}
