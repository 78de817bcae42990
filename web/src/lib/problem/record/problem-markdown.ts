/** A problem as Markdown, to be kept or sent elsewhere. */
import { BONES } from '@muster/documents/problem';
import type { Branch } from '@muster/documents/problem';
import { namedIncidents } from '@muster/domain/problem';
import type { ProblemRow } from '#lib/live/problem/live-problems.ts';
import { ENTRY_NAMES } from '#lib/ticket/timeline/words.ts';
import { dateOf } from '#lib/ui/time.ts';
import {
  BONE_WORDS,
  ORIGIN_WORDS,
  PROBLEM_STATE_WORDS,
  RESOLUTION_WORDS,
  TASK_KIND_WORDS,
} from '#lib/wording/problem-words.ts';
import { missingWords } from '../analysis/problem-timeline.ts';
import type { ProblemLine } from '../analysis/problem-timeline.ts';
import { writtenBranches } from '../analysis/written-branches.ts';

export interface Named {
  readonly person: (id: string) => string;
  readonly record: (id: string) => string;
}

export function problemMarkdown(
  it: ProblemRow,
  drawings: { readonly whys: readonly Branch[]; readonly fishbone: readonly Branch[] },
  /** What stands in it, and of how many incidents the beginning is not known here. */
  timeline: { readonly lines: readonly ProblemLine[]; readonly missing: number },
  { person, record }: Named,
): string {
  const { number, token, title, state, priority, owner, origin, factors, cause, tasks, resolution, risk } =
    it;
  const part = (heading: string, lines: readonly string[]): readonly string[] =>
    lines.length === 0 ? [] : ['', `## ${heading}`, '', ...lines];
  const left = missingWords(timeline.missing);
  const lines = [
    `# ${number ?? token}: ${plain(title)}`,
    '',
    `- State: ${PROBLEM_STATE_WORDS[state]}`,
    `- Priority: ${priority}`,
    `- Owner: ${owner === null ? 'nobody' : person(owner)}`,
    `- Came from: ${ORIGIN_WORDS[origin.kind].toLowerCase()}${origin.evidence === '' ? '' : ` (${plain(origin.evidence)})`}`,
    ...part('Workaround', it.workaround === '' ? [] : [plain(it.workaround)]),
    ...part('Fix', it.fix === '' ? [] : [plain(it.fix)]),
    ...part(
      'Causes',
      factors.map(({ id, text }) => `- ${plain(text)}${id === cause ? ' (root cause)' : ''}`),
    ),
    ...part('Five whys', tree(writtenBranches(drawings.whys))),
    ...part('What had a part in it', bones(writtenBranches(drawings.fishbone))),
    ...part('Timeline', [
      ...timeline.lines.map((line) => lineWords(line, person)),
      ...(left === null ? [] : [`- (${left})`]),
    ]),
    ...part(
      'Tasks',
      tasks.map(
        (task) =>
          `- [${task.state === 'done' ? 'x' : ' '}] ${plain(task.title)} (${TASK_KIND_WORDS[task.kind]})`,
      ),
    ),
    ...part(
      'Incidents',
      namedIncidents(it).map((incident) => `- ${record(incident)}`),
    ),
    ...part(
      'Resolution',
      resolution === null ? [] : [`${RESOLUTION_WORDS[resolution.code]}. ${plain(resolution.notes)}`.trim()],
    ),
    ...part(
      'Accepted risk',
      risk === null
        ? []
        : [
            `Approved by ${person(risk.approver)}: ${plain(risk.reason)}`,
            '',
            `Looked at again on ${dateOf(risk.reviewAt)}.`,
          ],
    ),
  ];
  return `${lines.join('\n')}\n`;
}

function tree(branches: readonly Branch[], depth = 0): readonly string[] {
  return branches.flatMap(({ text, branches: under }) => [
    `${'  '.repeat(depth)}- ${text.trim() === '' ? '…' : plain(text)}`,
    ...tree(under, depth + 1),
  ]);
}

/** What hangs on each bone below its name, in the order of the diagram. */
function bones(branches: readonly Branch[]): readonly string[] {
  return BONES.flatMap((each) => {
    const lines = tree(
      branches.filter(({ bone }) => (bone ?? 'process') === each),
      1,
    );
    return lines.length === 0 ? [] : [`- **${BONE_WORDS[each]}**`, ...lines];
  });
}

/** Times in UTC, so that it reads the same everywhere. */
function lineWords(line: ProblemLine, person: Named['person']): string {
  const at = `${new Date(line.at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  const who = line.type === 'entry' ? line.entry.by : line.by;
  const kind = line.type === 'entry' ? `**${ENTRY_NAMES[line.entry.kind]}**, ` : '';
  const words = line.type === 'entry' ? line.entry.text : line.words;
  return `- ${at} ${kind}${who === null ? '' : `${plain(person(who))}: `}${plain(words).replace(/\s*\n\s*/g, ' ')}`;
}

/** Words of people are no markup. */
function plain(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|]/g, '\\$&');
}
