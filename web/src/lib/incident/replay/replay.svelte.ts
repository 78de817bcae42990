/** The playing of a recorded room: where it stands, how fast it goes, and what is seen there. */
import type { ReplayedRoom, RoomReplay } from '@muster/documents';
import type { RoomPast } from '#lib/live/room-past.ts';
import type { Span } from './moments.ts';

export const SPEEDS = [1, 10, 60, 600] as const;
export type Speed = (typeof SPEEDS)[number];

/** Making ready goes on in pieces so short that the page stays at hand. */
const PIECE_MS = 12;
/** While it plays, what is seen changes no oftener. */
const FRAME_MS = 100;

const EMPTY: ReplayedRoom = { entries: [], tasks: [], nonconforming: 0 };

export class Replay {
  readonly #past: Pick<RoomPast, 'recording'>;
  #asked = new AbortController();
  #room: RoomReplay | null = null;
  #place = -1;
  #timer: ReturnType<typeof setInterval> | null = null;
  #at = $state(0);
  #span = $state.raw<Span>({ from: 0, to: 1 });
  #ready = $state(0);
  #problem = $state.raw<string | null>(null);
  #shown = $state.raw<ReplayedRoom>(EMPTY);
  #whole = $state.raw<ReplayedRoom>(EMPTY);
  #playing = $state(false);
  #speed = $state<Speed>(10);
  #isKept = $state(true);

  constructor(past: Pick<RoomPast, 'recording'>) {
    this.#past = past;
  }

  /** Epoch ms. */
  get at(): number {
    return this.#at;
  }

  get span(): Span {
    return this.#span;
  }

  /** From 0, while it is on its way and made ready, to 1. */
  get ready(): number {
    return this.#ready;
  }

  /** What went wrong, in words. */
  get problem(): string | null {
    return this.#problem;
  }

  /** The room at the instant. */
  get shown(): ReplayedRoom {
    return this.#shown;
  }

  /** The room at the end of the recording: what the bar marks. */
  get whole(): ReplayedRoom {
    return this.#whole;
  }

  /** False where the past of the room is not kept that far. */
  get isKept(): boolean {
    return this.#isKept;
  }

  get playing(): boolean {
    return this.#playing;
  }

  get speed(): Speed {
    return this.#speed;
  }

  /** When an entry came to the server; null where the recording does not tell. */
  committedAt(id: string): number | null {
    return this.#room?.committedAt(id) ?? null;
  }

  /** Fetches the recording and makes it ready. `spanFor` is asked with when something was written last. */
  async open(spanFor: (lastWrittenAt: number) => Span): Promise<void> {
    this.#asked.abort();
    this.#asked = new AbortController();
    const { signal } = this.#asked;
    this.#problem = null;
    this.#ready = 0;
    try {
      const room = await this.#past.recording(signal);
      if (signal.aborted) return room.close();
      this.#room = room;
      for (let done = 0; done < 1;) {
        done = room.prepare(PIECE_MS);
        this.#ready = Math.min(done, 0.99);
        await new Promise((resolve) => setTimeout(resolve));
        if (signal.aborted) return;
      }
      this.#whole = room.show(room.length);
      this.#span = spanFor(
        Math.max(0, ...this.#whole.entries.map(({ id, writtenAt }) => this.committedAt(id) ?? writtenAt)),
      );
      this.#ready = 1;
      this.goTo(this.#span.to);
    } catch (error) {
      if (!signal.aborted) this.#problem = error instanceof Error ? error.message : String(error);
    }
  }

  goTo(at: number): void {
    const { from, to } = this.#span;
    this.#at = Math.min(Math.max(at, from), to);
    this.#show();
    if (this.#at >= to) this.pause();
  }

  step(ms: number): void {
    this.goTo(this.#at + ms);
  }

  play(): void {
    if (this.#playing || this.#room === null) return;
    if (this.#at >= this.#span.to) this.goTo(this.#span.from);
    this.#playing = true;
    let last = performance.now();
    this.#timer = setInterval(() => {
      const now = performance.now();
      this.step((now - last) * this.#speed);
      last = now;
    }, FRAME_MS);
  }

  pause(): void {
    this.#playing = false;
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  goAt(speed: Speed): void {
    this.#speed = speed;
  }

  close(): void {
    this.pause();
    this.#asked.abort();
    this.#room?.close();
    this.#room = null;
  }

  /** The same frames show the same room: it is read again only where others are there. */
  #show(): void {
    const room = this.#room;
    if (room === null) return;
    this.#isKept = !room.isBeforeKept(this.#at);
    const place = this.#isKept ? room.placeAt(this.#at) : 0;
    if (place === this.#place) return;
    this.#place = place;
    this.#shown = place === 0 ? EMPTY : room.show(place);
  }
}
