import type { ImportProblem, ImportProgress } from './import-api.ts';

const whole = new Intl.NumberFormat('en-GB');

/** `1,200` */
export function wholeWords(value: number): string {
  return whole.format(value);
}

/** The end line: `read 1,200, made 1,100, updated 50, unchanged 40, set aside 10 (records)`. It adds up. */
export function endLine({ read, made, updated, unchanged, setAside }: ImportProgress): string {
  const counts = { read, made, updated, unchanged, 'set aside': setAside };
  const parts = Object.entries(counts).map(([word, number]) => `${word} ${wholeWords(number)}`);
  return `${parts.join(', ')} (records)`;
}

export function headWords({ state, dryRun }: ImportProgress): string {
  switch (state) {
    case 'running':
      return dryRun ? 'Trying the file; nothing is changed' : 'Importing';
    case 'done':
      return dryRun ? 'This is what an import would do' : 'The import is done';
    case 'cancelled':
      return dryRun
        ? 'The trial was stopped'
        : 'The import was stopped; what was written stays, as whole records';
    case 'failed':
      return 'The import broke';
  }
}

/** The rows set aside as a file that a spreadsheet opens. */
export function problemsCsv(problems: readonly ImportProblem[]): string {
  const lines = problems.map(({ line, record, reason }) =>
    [String(line), record ?? '', reason].map(csvCell).join(','),
  );
  return ['line,record,reason', ...lines, ''].join('\r\n');
}

/** Quoted where needed; a leading sign is disarmed, so that a spreadsheet does not run it as a formula. */
function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
