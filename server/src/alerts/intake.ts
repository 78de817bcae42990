/** Takes payloads in: on disk first, answered then, and worked off right after by the store's writer. */
import type { AlertReport } from '@muster/domain/incident';
import { sql } from 'kysely';
import type { Logger } from '../log.ts';
import type { AlertPiece } from '../store/alerts.ts';
import type { Store } from '../store/store.ts';

/** Alerts in one transaction: a few milliseconds, so that nobody's command waits long. */
const PIECE = 25;
const LOOK_EVERY_MS = 5_000;
/** Of each integration, to mend its sender or to try its mapping out with. */
const KEPT_PAYLOADS = 20;
const KEPT_CHARACTERS = 16_384;
/** A larger payload is taken in and not kept: its beginning alone could not be tried out. */
const KEPT_WHOLE_CHARACTERS = 262_144;

export interface IntakeOptions {
  readonly store: Store;
  readonly log: Logger;
  readonly onPiece?: (piece: AlertPiece) => void;
}

export class AlertIntake {
  readonly #options: IntakeOptions;
  readonly #timer: NodeJS.Timeout;
  #working: Promise<void> | null = null;
  #again = false;
  #stopped = false;

  constructor(options: IntakeOptions) {
    this.#options = options;
    this.#timer = setInterval(() => this.#work(), LOOK_EVERY_MS);
    this.#timer.unref();
    this.#work();
  }

  /** Resolves when the payload is on disk. `body` is its text, without its key. */
  async keep(integration: string, report: AlertReport, body: string, now: number): Promise<void> {
    const { writer } = this.#options.store;
    const row = { integration, received_at: now, report: JSON.stringify(report) };
    await this.#options.store.together([
      writer.insertInto('alert_intake').values(row),
      writer
        .updateTable('alert_integration')
        .set({ received: sql`received + 1`, last_received_at: now })
        .where('id', '=', integration),
      ...(body.length > KEPT_WHOLE_CHARACTERS
        ? []
        : [
            writer.insertInto('alert_received').values({ integration, at: now, body }),
            this.#dropOld('alert_received', integration),
          ]),
    ]);
    this.#work();
  }

  /** Keeps the beginning of what could not be read, and the last few of them. */
  async keepMalformed(integration: string, reason: string, body: string, now: number): Promise<void> {
    const { writer } = this.#options.store;
    const row = {
      integration,
      at: now,
      reason: reason.slice(0, 1_000),
      body: body.slice(0, KEPT_CHARACTERS),
    };
    await this.#options.store.together([
      writer.insertInto('alert_malformed').values(row),
      this.#dropOld('alert_malformed', integration),
      writer
        .updateTable('alert_integration')
        .set({ malformed: sql`malformed + 1` })
        .where('id', '=', integration),
    ]);
  }

  #dropOld(table: 'alert_received' | 'alert_malformed', integration: string) {
    return this.#options.store.writer
      .deleteFrom(table)
      .where('integration', '=', integration)
      .where('id', 'not in', (kept) =>
        kept
          .selectFrom(table)
          .select('id')
          .where('integration', '=', integration)
          .orderBy('id', 'desc')
          .limit(KEPT_PAYLOADS),
      );
  }

  /** Resolves when nothing waits any more. */
  async idle(): Promise<void> {
    while (this.#working !== null) await this.#working;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#timer);
    await this.idle();
  }

  #work(): void {
    this.#again = true;
    if (this.#stopped) return;
    this.#working ??= this.#drain()
      .catch((error: unknown) =>
        this.#options.log.warn({ error }, 'alerts wait: they could not be worked off, and are tried again'),
      )
      .finally(() => {
        this.#working = null;
      });
  }

  async #drain(): Promise<void> {
    while (this.#again && !this.#stopped) {
      this.#again = false;
      const piece = await this.#options.store.workAlerts(PIECE);
      this.#options.onPiece?.(piece);
      this.#again ||= piece.more;
    }
  }
}
