/** Every release against its events, its columns and its words, and the documents that show it. */
import { readRelease, readReleaseRows, rowOfRelease } from '@muster/documents/release';
import type { ReleaseRow } from '@muster/documents/release';
import { release as decider } from '@muster/domain/release';
import type { Release, ReleaseEvent } from '@muster/domain/release';
import { recordId } from '@muster/domain/shared';
import type { RecordId } from '@muster/domain/shared';
import type { Selectable } from 'kysely';
import type * as Y from 'yjs';
import { canonicalJson } from '../../canonical-json.ts';
import { releaseColumns, releaseOf, textOfRelease } from '../../releases.ts';
import type { ReleaseTable, ReleaseTextTable } from '../../schema-releases.ts';
import type { Statements } from '../statements.ts';
import { historyOf } from './changes.ts';
import { compareWithEvents, compareWithRows, numberOrId } from './compare.ts';
import { differenceOf } from './difference.ts';
import type { Findings } from './findings.ts';
import { readable } from './readable.ts';

/** How many releases there are. */
export function verifyReleases(statements: Statements, findings: Findings): number {
  const texts = statements.prepare('select rowid, * from release_text where rowid = ?');
  const rows = statements.prepare('select * from release order by key').all() as Selectable<ReleaseTable>[];
  for (const row of rows) {
    const name = row.number ?? row.id;
    const unreadable = () => findings.add('release', `${name} cannot be read`);
    const [release] = readable([row], releaseOf, unreadable);
    const recorded = historyOf<ReleaseEvent>(statements, row.id, unreadable);
    if (release === undefined || recorded === null) continue;
    const folded = recorded.reduce<Release | null>(
      (state, each) => decider.evolve(state, each, recordId(row.id)),
      null,
    );
    compareWithEvents(findings, 'release', name, {
      ...{ row, stored: release, folded, columns: releaseColumns(release) },
      isOver: release.endedAt !== null,
    });
    const text = texts.get(row.key) as Selectable<ReleaseTextTable> | undefined;
    const differs = text === undefined ? 'nothing' : differenceOf(text, textOfRelease(release));
    if (differs !== null) findings.add('search text', `${name} has another ${differs} in the index`);
  }
  const strays = statements
    .prepare('select count(*) from release_text where rowid not in (select key from release)')
    .pluck()
    .get() as number;
  if (strays > 0) findings.add('search text', `${strays} entries of the index belong to no release`);
  return rows.length;
}

/** The board shows each release that is on it, as it is, and no other. */
export function compareReleaseBoard(
  statements: Statements,
  findings: Findings,
  board: string,
  doc: Y.Doc,
): void {
  const { releases, nonconforming } = readReleaseRows(doc);
  for (const { path, reason } of nonconforming) findings.add('release board', `${board} ${path}: ${reason}`);
  const rows = statements.prepare('select data from release where live = 1').all() as { data: string }[];
  const expected = readable(rows, releaseOf, () => undefined).map(rowOfRelease);
  compareWithRows<ReleaseRow>(findings, 'release board', board, releases, expected, numberOrId);
}

/** The document of a release is the release. */
export function compareRelease(
  statements: Statements,
  findings: Findings,
  name: { readonly raw: string; readonly id: RecordId },
  doc: Y.Doc,
): void {
  const { release, nonconforming } = readRelease(doc, name.id);
  for (const { path, reason } of nonconforming)
    findings.add('release document', `${name.raw} ${path}: ${reason}`);
  const row = statements.prepare('select data from release where id = ?').get(name.id) as
    { data: string } | undefined;
  const [stored] = readable(row === undefined ? [] : [row], releaseOf, () => undefined);
  if (stored === undefined) return;
  const difference =
    release === null ? 'nothing' : canonicalJson(release) === canonicalJson(stored) ? null : 'release';
  const steps = doc.getMap('steps').size;
  if (difference !== null) findings.add('release document', `${name.raw} shows another ${difference}`);
  else if (steps !== stored.steps.length)
    findings.add(
      'release document',
      `${name.raw} holds ${steps} steps, and there are ${stored.steps.length}`,
    );
}
