/**
 * The thread of one import of the configuration: it reads the file, plans over a connection of its own, and says what
 * comes next. It ends with the import, and what a large file took of memory with it.
 */
import { Answerable, classesOf } from '@muster/domain/configuration';
import { ImportWork } from '../../import/configuration/import-work.ts';
import { NotThatFormat } from '../../import/configuration/not-that-format.ts';
import { presentConfiguration } from '../../import/configuration/present.ts';
import { FileTooLarge, MAX_FILE_BYTES, readFileAs, textOf } from '../../import/configuration/read-file.ts';
import { readRules } from '../configuration.ts';
import { loadDirectory } from '../directory.ts';
import { queriesOver } from './dialect.ts';
import type { PlannerOperations } from './protocol.ts';
import { serveQuestions } from './serve-thread.ts';

await serveQuestions<PlannerOperations>('planner', 'in-turn', (statements) => {
  const db = queriesOver(statements);
  let work: ImportWork | null = null;
  const planned = (): ImportWork => {
    if (work === null) throw new Error('nothing is planned yet');
    return work;
  };

  return {
    plan: async (bytes, as, actor) => {
      try {
        const text = await textOf(bytes, MAX_FILE_BYTES[as.format]);
        const directory = actor.permissions.has('directory.read') ? await loadDirectory(db) : null;
        const imported = readFileAs(text, as, {
          classes: classesOf(await readRules(db)),
          people: new Answerable(directory),
        });
        work = new ImportWork(imported, await presentConfiguration(db, imported.source), actor);
        return { ok: true, source: work.source, of: work.of };
      } catch (error) {
        if (error instanceof FileTooLarge) return { ok: false, why: 'too-large' };
        if (error instanceof NotThatFormat)
          return { ok: false, why: 'not-that-format', words: error.message };
        throw error;
      }
    },
    standing: () => planned().standing(),
    next: () => planned().next(),
    settle: (outcomes) => planned().settle(outcomes),
    report: (mode) => new TextEncoder().encode(JSON.stringify(planned().report(mode))),
  };
});
