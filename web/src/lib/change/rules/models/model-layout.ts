/** Where the states and ways of a model stand in its picture: states in a row, ways forward above, back below. */
import { CHANGE_STATES } from '@muster/domain/change';
import type { ChangeModel, ChangeState, ChangeStep } from '@muster/domain/change';

export interface PlacedState {
  readonly state: ChangeState;
  readonly x: number;
}

export interface PlacedWay {
  readonly key: string;
  readonly step: ChangeStep;
  /** Of an SVG path, from state to state. */
  readonly path: string;
}

export const STATE = { width: 114, height: 32, gap: 26 };
const RISE = 18;

export interface ModelLayout {
  readonly states: readonly PlacedState[];
  readonly ways: readonly PlacedWay[];
  readonly width: number;
  /** Above and below the row. */
  readonly above: number;
  readonly below: number;
}

/** Ways out by cancelling are said in words: an arrow from nearly every state hides the others. */
export function layoutOf({ states, steps }: Pick<ChangeModel, 'states' | 'steps'>): ModelLayout {
  const reached = new Set(steps.map(({ to }) => to));
  const shown = CHANGE_STATES.filter(
    (state) => state in states || (state === 'closed' && reached.has(state)),
  );
  const placed = shown.map((state, index) => ({ state, x: index * (STATE.width + STATE.gap) }));
  const at = (state: ChangeState): number => shown.indexOf(state);
  const drawn = steps.filter(({ from, to, way }) => way !== 'cancel' && at(from) >= 0 && at(to) >= 0);
  const reach = (step: ChangeStep): number => Math.abs(at(step.to) - at(step.from));
  const farthest = (way: ChangeStep['way']): number =>
    Math.max(0, ...drawn.filter((step) => step.way === way).map((step) => (isNext(step) ? 0 : reach(step))));
  const isNext = (step: ChangeStep): boolean => step.way === 'forward' && at(step.to) === at(step.from) + 1;
  const above = farthest('forward') * RISE + 4;
  const below = farthest('back') * RISE + 4;
  const ways = drawn.map((step) => ({
    key: `${step.from}-${step.to}-${step.way}`,
    step,
    path: isNext(step) ? straight(at(step.from)) : bow(at(step.from), at(step.to), step.way, reach(step)),
  }));
  const width = placed.length * (STATE.width + STATE.gap) - STATE.gap;
  return { states: placed, ways, width, above, below };
}

function left(index: number): number {
  return index * (STATE.width + STATE.gap);
}

function straight(index: number): string {
  return `M ${left(index) + STATE.width} 0 L ${left(index + 1) - 4} 0`;
}

/** From middle to middle, the higher the farther it goes. */
function bow(from: number, to: number, way: ChangeStep['way'], reach: number): string {
  const side = way === 'back' ? 1 : -1;
  const edge = (side * STATE.height) / 2;
  const turn = edge + side * RISE * reach;
  const aside = to > from ? 12 : -12;
  const start = left(from) + STATE.width / 2 + aside;
  const end = left(to) + STATE.width / 2 - aside;
  return `M ${start} ${edge} C ${start} ${turn}, ${end} ${turn}, ${end} ${edge + side * 5}`;
}
