import { personId, recordId } from '@muster/domain/shared';
import type { PersonId, RecordId } from '@muster/domain/shared';
import type { Awareness } from 'y-protocols/awareness';
import type { Handle } from '../../connection/shelf.ts';
import { Grains } from '../grains.ts';

/** Where somebody holds a change just now, before it is dropped. */
export interface ChangeGhost {
  /** Of the tab that holds it. */
  readonly client: number;
  readonly person: PersonId;
  readonly name: string;
  /** Six-digit hex. */
  readonly colour: string;
  readonly change: RecordId;
  readonly begins: number;
  readonly ends: number;
}

/** Changes that are being moved on calendars, seen by everybody who looks at one. */
export interface LiveGhosts {
  /** What other tabs hold. Subscribes. */
  readonly others: readonly ChangeGhost[];
  /** Says what this tab holds; null when it has let go. */
  show(held: Pick<ChangeGhost, 'change' | 'begins' | 'ends'> | null): void;
}

/** As often as a hand is followed by the eye; the last place is always said. */
const EVERY_MS = 100;

/**
 * Ghosts over the awareness of the board of changes, which all who may read changes hold. Nothing of them is kept, and
 * whose they are the server says.
 */
export class ChangeGhosts implements LiveGhosts {
  readonly #grains = new Grains<'others'>();
  #awareness: Awareness | null = null;
  #handle: Handle | undefined;
  #stop: () => void = () => undefined;
  #others: readonly ChangeGhost[] | null = null;
  #held: object | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #saidAt = -Infinity;

  get others(): readonly ChangeGhost[] {
    this.#grains.read('others');
    return (this.#others ??= this.#gather());
  }

  show(held: Pick<ChangeGhost, 'change' | 'begins' | 'ends'> | null): void {
    if (held === null && this.#held === null) return;
    this.#held = held;
    if (this.#timer !== null) return;
    // letting go is said at once: nobody is to see a ghost beside the change that has arrived
    const wait = held === null ? 0 : this.#saidAt + EVERY_MS - performance.now();
    if (wait <= 0) this.#say();
    else this.#timer = setTimeout(() => this.#say(), wait);
  }

  follow(handle: Handle | undefined): void {
    if (handle === this.#handle) return;
    this.#stop();
    this.#handle = handle;
    this.#stop = handle?.onChange(() => this.#place()) ?? (() => undefined);
    this.#place();
  }

  close(): void {
    this.show(null);
    if (this.#timer !== null) this.#say();
    this.follow(undefined);
  }

  #place(): void {
    const awareness = this.#handle?.current?.link?.awareness ?? null;
    if (awareness === this.#awareness) return;
    this.#awareness?.off('change', this.#changed);
    this.#awareness = awareness;
    awareness?.on('change', this.#changed);
    if (this.#held !== null) this.#say();
    this.#changed();
  }

  #say(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#saidAt = performance.now();
    this.#awareness?.setLocalState(this.#held === null ? null : { ghost: this.#held });
  }

  #gather(): readonly ChangeGhost[] {
    const awareness = this.#awareness;
    return [...(awareness?.getStates() ?? [])].flatMap(([client, state]) =>
      client === awareness?.clientID ? [] : (readGhost(client, state) ?? []),
    );
  }

  readonly #changed = (): void => {
    this.#others = null;
    this.#grains.tell('others');
  };
}

/** A state as it came over the wire; null for one without a ghost, or of nobody. */
export function readGhost(client: number, state: unknown): ChangeGhost | null {
  const { user, ghost } = fieldsOf(state);
  const { id, name, color } = fieldsOf(user);
  const { change, begins, ends } = fieldsOf(ghost);
  if (typeof id !== 'string' || typeof name !== 'string' || typeof change !== 'string') return null;
  if (!isInstant(begins) || !isInstant(ends) || ends <= begins) return null;
  const colour = typeof color === 'string' && /^#[0-9a-f]{6}$/i.test(color) ? color : '#667788';
  return { client, person: personId(id), name, colour, change: recordId(change), begins, ends };
}

/** 8.64e15 is the last that a date can say. */
function isInstant(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= 8.64e15;
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
