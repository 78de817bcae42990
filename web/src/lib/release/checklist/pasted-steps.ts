/** Lines that somebody wrote or pasted, from a plan or a spreadsheet, as steps. */

export interface PastedStep {
  readonly title: string;
  /** How long it is planned to take. */
  readonly minutes: number;
}

/** Where a line says no time. */
export const USUAL_MINUTES = 10;

const BULLET = /^\s*(?:[-*•]\s+|\d+[.)]\s+)?(?:\[[ xX]?\]\s+)?/;
const TIME = /[\s(,;:–-]+(\d{1,4})\s*(min|mins|minutes|m|h|hours?)\.?\)?\s*$/i;
const MINUTES_AN_HOUR = 60;

/** A step a line: bullets, numbers and boxes before it and its time behind it (`(15 min)`, `2 h`, a column) are taken off. */
export function stepsOf(text: string): readonly PastedStep[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const [first = '', second] = line.split('\t');
    const column = second === undefined ? null : /^\s*(\d{1,4})\s*$/.exec(second)?.[1];
    const words = first.replace(BULLET, '').trim();
    const timed = TIME.exec(words);
    const title = (timed === null ? words : words.slice(0, timed.index)).trim();
    if (title === '') return [];
    if (column != null) return [{ title, minutes: Number(column) }];
    if (timed === null) return [{ title, minutes: USUAL_MINUTES }];
    const [, count = '', unit = ''] = timed;
    const each = unit.toLowerCase().startsWith('h') ? MINUTES_AN_HOUR : 1;
    return [{ title, minutes: Number(count) * each }];
  });
}
