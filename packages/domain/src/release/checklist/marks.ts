/**
 * What ticks and unticks by several people come to. Marks are facts: none is taken back, each has its place in the
 * server's order, and the outcome depends on that order alone, not on when which of them arrived where.
 */
import { unreachable } from '../../shared/index.ts';
import type { Mark, Step } from './step.ts';

/** Adds a mark at its place. One that is there already, by its place, is not added twice. */
export function withMark(marks: readonly Mark[], mark: Mark): readonly Mark[] {
  const at = marks.findLastIndex(({ order }) => order <= mark.order);
  return marks[at]?.order === mark.order ? marks : marks.toSpliced(at + 1, 0, mark);
}

/**
 * A tick stands until somebody unticks. Of a tick and an untick that did not know of each other the later in the
 * server's order stands; the tick stands anyway where evidence is attached (pairs).
 */
export function standingOf(marks: readonly Mark[]): Pick<Step, 'tick' | 'contest'> {
  let tick: Mark | null = null;
  let untick: Mark | null = null;
  let contest: Step['contest'] = null;
  const evidence: Mark[] = [];
  for (const mark of marks) {
    switch (mark.kind) {
      case 'evidence':
        evidence.push(mark);
        break;
      case 'ticked':
        if (tick !== null) break;
        contest = untick !== null && isUnseen(untick, mark) ? { stands: mark, gives: untick } : null;
        tick = mark;
        break;
      case 'unticked': {
        if (tick === null) break;
        const races = isUnseen(tick, mark) || evidence.some((each) => isUnseen(each, mark));
        if (races && evidence.length > 0) {
          contest = { stands: tick, gives: mark };
          break;
        }
        contest = races ? { stands: mark, gives: tick } : null;
        tick = null;
        untick = mark;
        break;
      }
      default:
        unreachable(mark.kind);
    }
  }
  return { tick, contest };
}

/** Whether the author of a mark did not know of an earlier one. Everybody knows their own. */
function isUnseen(earlier: Mark, later: Mark): boolean {
  return earlier.order > later.seen && earlier.person !== later.person;
}
