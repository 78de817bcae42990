import { HOLD_REASONS } from '@muster/domain/shared';
import type { HoldReason } from '@muster/domain/shared';
import { dateFormat } from '#lib/ui/date-format.ts';
import { IMPORT_STATES } from './import-api.ts';
import type { ImportMapping, ImportState } from './import-api.ts';

export interface StateRow {
  readonly id: number;
  word: string;
  /** `in_progress`, or `on_hold:vendor` with its reason. */
  target: string;
}

export interface GroupRow {
  readonly id: number;
  word: string;
  team: string;
}

/** Every target a state of the source may have: on hold once for each reason. */
export const TARGETS: readonly string[] = IMPORT_STATES.flatMap((state) =>
  state === 'on_hold' ? HOLD_REASONS.map((reason) => `on_hold:${reason}`) : [state],
);

/** The mapping as rows that can be typed into. */
export class MappingTable {
  states = $state<StateRow[]>([]);
  groups = $state<GroupRow[]>([]);
  zone = $state('UTC');
  #ids = 0;

  constructor(mapping: ImportMapping) {
    this.states = Object.entries(mapping.states).map(([word, { state, holdReason }]) => ({
      id: this.#next(),
      word,
      target: holdReason === null ? state : `${state}:${holdReason}`,
    }));
    this.groups = Object.entries(mapping.groups).map(([word, team]) => ({ id: this.#next(), word, team }));
    this.zone = mapping.zone;
  }

  addState(): void {
    this.states.push({ id: this.#next(), word: '', target: 'new' });
  }

  addGroup(): void {
    this.groups.push({ id: this.#next(), word: '', team: '' });
  }

  removeState(id: number): void {
    this.states = this.states.filter((row) => row.id !== id);
  }

  removeGroup(id: number): void {
    this.groups = this.groups.filter((row) => row.id !== id);
  }

  /** What is wrong with the table, in one sentence; null when nothing is. Empty rows do not count. */
  get problem(): string | null {
    const states = this.states.map((row) => row.word.trim()).filter(Boolean);
    const twice = states.find((word, place) => states.indexOf(word) !== place);
    if (twice !== undefined) return `“${twice}” is in the table of states twice.`;
    if (states.length === 0) return 'Without states every row of the file would be set aside.';
    const groups = this.groups.filter((row) => row.word.trim() !== '');
    const bare = groups.find((row) => row.team.trim() === '');
    if (bare !== undefined) return `“${bare.word}” has no team.`;
    if (this.zone.trim() === '' || !isZone(this.zone.trim()))
      return `“${this.zone}” is not a time zone, such as Europe/Zurich.`;
    return null;
  }

  get mapping(): ImportMapping {
    return {
      states: Object.fromEntries(
        this.states
          .filter((row) => row.word.trim() !== '')
          .map((row) => [row.word.trim(), targetOf(row.target)]),
      ),
      groups: Object.fromEntries(
        this.groups.filter((row) => row.word.trim() !== '').map((row) => [row.word.trim(), row.team.trim()]),
      ),
      zone: this.zone.trim(),
    };
  }

  #next(): number {
    this.#ids += 1;
    return this.#ids;
  }
}

function targetOf(target: string): { state: ImportState; holdReason: HoldReason | null } {
  const [state, reason] = target.split(':');
  return {
    state: IMPORT_STATES.find((each) => each === state) ?? 'new',
    holdReason: HOLD_REASONS.find((each) => each === reason) ?? null,
  };
}

function isZone(zone: string): boolean {
  try {
    return dateFormat({ timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
