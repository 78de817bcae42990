/**
 * The status page and its feeds as they are sent: made once for each change of what is announced, and no later than
 * every minute for what time changes, however many ask.
 */
import type { Kysely } from 'kysely';
import type { Database } from '../store/schema.ts';
import { readPublicStatus } from './public-status.ts';
import type { PublicStatus } from './public-status.ts';

/** Services are renamed, and what is over leaves the history, without an event of an announcement. */
const AT_MOST_MS = 60_000;

interface Made {
  readonly seq: number;
  readonly at: number;
  readonly status: Promise<PublicStatus>;
  readonly texts: Map<string, Promise<string>>;
}

export class StatusPages {
  readonly #db: Kysely<Database>;
  #made: Made | null = null;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** The text of a page; `name` says which, and for which address. */
  async text(name: string, make: (status: PublicStatus) => string | Promise<string>): Promise<string> {
    const made = await this.#present();
    const known = made.texts.get(name);
    if (known !== undefined) return known;
    const text = made.status.then(make);
    made.texts.set(name, text);
    // what failed is made anew by the next who asks
    text.catch(() => made.texts.delete(name));
    return text;
  }

  async status(): Promise<PublicStatus> {
    return (await this.#present()).status;
  }

  async #present(): Promise<Made> {
    const now = Date.now();
    const seq = await this.#lastEvent();
    const made = this.#made;
    if (made !== null && made.seq === seq && now - made.at < AT_MOST_MS) return made;
    const next: Made = { seq, at: now, status: readPublicStatus(this.#db, now), texts: new Map() };
    next.status.catch(() => {
      if (this.#made === next) this.#made = null;
    });
    this.#made = next;
    return next;
  }

  async #lastEvent(): Promise<number> {
    const { seq } = await this.#db
      .selectFrom('announcement_event')
      .select((each) => each.fn.max('seq').as('seq'))
      .executeTakeFirstOrThrow();
    return Number(seq ?? 0);
  }
}
