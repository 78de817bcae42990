/** Release notes made of the member changes (A6 row 12). */
import { markdownLine } from '../../shared/index.ts';
import type { Directory } from '../../shared/index.ts';
import type { ChangeFact, ReleaseFacts } from '../facts.ts';
import type { Release, ReleaseUnit } from '../release.ts';

/** The heading of changes that belong to no service, or to one that is not known here. */
const OTHER = 'Other';

/**
 * Markdown: the release, what it is made of, and its changes by service, services and changes in order. What was called
 * off, or may not be read, is left out.
 */
export function releaseNotes(
  release: Pick<Release, 'title' | 'label' | 'members' | 'units'>,
  { changes }: Pick<ReleaseFacts, 'changes'>,
  { services }: Pick<Directory, 'services'>,
): string {
  const groups = new Map<string, ChangeFact[]>();
  for (const member of release.members) {
    const change = changes.get(member);
    if (change === undefined || change.standing === 'inactive') continue;
    const heading = (change.service === null ? null : services.get(change.service)?.name) ?? OTHER;
    groups.set(heading, [...(groups.get(heading) ?? []), change]);
  }
  const title = release.label === '' ? release.title : `${release.title} (${release.label})`;
  const sections = [...groups]
    .toSorted(([one], [other]) => Number(one === OTHER) - Number(other === OTHER) || compare(one, other))
    .map(([heading, members]) => section(heading, members.toSorted(byNumber).map(lineOf)));
  const units = release.units.length === 0 ? [] : [section('Contents', release.units.map(unitLine))];
  return `${[`# ${markdownLine(title)}`, ...units, ...sections].join('\n\n')}\n`;
}

function section(heading: string, lines: readonly string[]): string {
  return `## ${markdownLine(heading)}\n\n${lines.join('\n')}`;
}

function lineOf({ number, title }: ChangeFact): string {
  return `- ${markdownLine(title)}${number === null ? '' : ` (${number})`}`;
}

function unitLine({ name, version }: ReleaseUnit): string {
  return `- ${markdownLine(version === '' ? name : `${name} ${version}`)}`;
}

function byNumber(one: ChangeFact, other: ChangeFact): number {
  return compare(one.number ?? '', other.number ?? '') || compare(one.id, other.id);
}

const compare = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);
