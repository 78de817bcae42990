import { describe, expect, it } from 'vitest';
import { endLine, problemsCsv } from './import-words.ts';

describe('an import in words', () => {
  it('ends with one line of counts', () => {
    const progress = {
      state: 'done',
      dryRun: false,
      read: 24918,
      made: 24900,
      updated: 10,
      unchanged: 5,
      setAside: 3,
      rows: 141712,
      rowsSetAside: 7,
      problems: [],
      error: null,
    } as const;
    expect(endLine(progress)).toBe(
      'read 24,918, made 24,900, updated 10, unchanged 5, set aside 3 (records)',
    );
  });

  it('writes problems as a file that no spreadsheet runs', () => {
    const problems = [
      { line: 7, record: 'INC1', reason: 'state "Odd, new" is not in the table' },
      { line: 9, record: null, reason: '=1+1' },
    ];
    expect(problemsCsv(problems)).toBe(
      'line,record,reason\r\n7,INC1,"state ""Odd, new"" is not in the table"\r\n9,,\'=1+1\r\n',
    );
  });
});
