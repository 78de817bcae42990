/** What a report comes to as a whole: whether it does anything, and what to say where it does not. */
import type { ImportReport } from '@muster/domain/configuration';
import { counted } from './import-words.ts';

type Counts = Pick<
  ImportReport,
  'made' | 'changed' | 'left' | 'related' | 'relationsLeft' | 'replaced' | 'dryRun'
> & {
  readonly faults: readonly unknown[];
};

/** An import that does nothing is not offered. */
export function doesSomething({ made, changed, related, replaced }: Counts): boolean {
  return made + changed + related + replaced > 0;
}

export interface IdleWords {
  readonly tone: 'info' | 'warning';
  readonly words: string;
}

/** Why it does nothing: all stands already, or nothing of it could be taken. Null where it does something. */
export function idleWords(report: Counts): IdleWords | null {
  if (doesSomething(report)) return null;
  const { dryRun, left, relationsLeft, faults } = report;
  const stands = left + relationsLeft > 0;
  if (!stands && faults.length === 0)
    return { tone: 'warning', words: 'The file has nothing in it that could be imported.' };
  if (!stands)
    return {
      tone: 'warning',
      words: `${dryRun ? 'Nothing could be taken' : 'Nothing was taken'}: all ${counted(faults.length)} rows are refused, each with its reason below. Mend the file or how its columns are meant, and try again.`,
    };
  const done = dryRun ? 'Nothing would change' : 'Nothing was changed';
  if (faults.length === 0) return { tone: 'info', words: `${done}: all stands already as the file says.` };
  return {
    tone: 'warning',
    words: `${done}: ${counted(left)} stand already as the file says, and ${counted(faults.length)} are refused, each with its reason below.`,
  };
}
