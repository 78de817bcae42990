/** The review as one Markdown file: its facts, its prose, and the timeline and actions where their headings stand. */
import { isProseText, proseMarkdown, proseText } from '@muster/documents';
import type { ProseNode } from '@muster/documents';
import { commanderOf } from '@muster/domain/shared';
import type { MajorIncident, ReviewAction, Ticket } from '@muster/domain/shared';
import { durationWords } from '#lib/ticket/wording/times.ts';
import type { EventWorld } from '#lib/ticket/wording/events.ts';
import { localInput } from '#lib/ui/local-time.ts';
import { PHASE_NAMES } from '#lib/wording/major.ts';
import { REVIEW_NAMES } from '#lib/wording/review.ts';
import { plain, stamp } from '../timeline/timeline-markdown.ts';

export interface ReviewExport {
  /** Number or token, and title. */
  readonly title: string;
  readonly ticket: Pick<Ticket, 'createdAt' | 'resolvedAt' | 'resolution'>;
  readonly major: MajorIncident;
  readonly prose: readonly ProseNode[];
  /** A line an item. */
  readonly timeline: readonly string[];
  /** Number and state of the record that an action has become; null while it is none. */
  readonly recordOf: (action: ReviewAction) => string | null;
  readonly world: EventWorld;
}

/** Times are in UTC, so that it reads the same everywhere. */
export function reviewMarkdown(given: ReviewExport): string {
  const lines = [`# Review of ${plain(given.title)}`, '', ...facts(given)];
  const inserts = new Map<string, readonly string[]>([
    ['timeline', given.timeline],
    ['actions', (given.major.review?.actions ?? []).map((action) => actionLine(action, given))],
  ]);
  for (const section of sectionsOf(given.prose)) {
    const words = proseMarkdown(section);
    if (words !== '') lines.push('', words);
    const name = headingOf(section[0]);
    const insert = inserts.get(name) ?? [];
    inserts.delete(name);
    if (insert.length > 0) lines.push('', ...insert);
  }
  // what people took the heading of away is told all the same
  for (const [name, insert] of inserts) {
    if (insert.length > 0)
      lines.push('', `## ${name === 'timeline' ? 'Timeline' : 'Actions'}`, '', ...insert);
  }
  return `${lines.join('\n')}\n`;
}

function facts({ ticket, major, world }: ReviewExport): readonly string[] {
  const commander = commanderOf(major);
  const { resolvedAt, resolution } = ticket;
  return [
    `- Review: ${REVIEW_NAMES[major.review?.state ?? 'draft']}`,
    `- Severity: SEV-${major.severity}`,
    `- Opened: ${stamp(ticket.createdAt)}`,
    `- Declared: ${stamp(major.since)}`,
    ...(resolvedAt === null
      ? []
      : [`- Resolved: ${stamp(resolvedAt)}, after ${durationWords(resolvedAt - ticket.createdAt)}`]),
    ...(resolution === null ? [] : [`- Resolution: ${plain(resolution.code)}, ${plain(resolution.notes)}`]),
    ...(commander === null ? [] : [`- Commander: ${plain(world.personName(commander))}`]),
    `- Phases: ${major.phases.map(({ phase, at }) => `${PHASE_NAMES[phase]} ${stamp(at)}`).join(', ')}`,
  ];
}

function actionLine(action: ReviewAction, { recordOf, world }: ReviewExport): string {
  // the day that was chosen, which ends in the zone of whoever chose it
  const due = localInput(action.dueAt).slice(0, 10);
  const record = recordOf(action);
  const became = record === null ? 'no record yet' : plain(record);
  return `- ${plain(action.text)}, ${plain(world.personName(action.owner))}, due ${due}: ${became}`;
}

/** Prose cut before each heading of the second level. */
function sectionsOf(prose: readonly ProseNode[]): readonly (readonly ProseNode[])[] {
  const sections: ProseNode[][] = [[]];
  for (const node of prose) {
    if (isSectionHeading(node)) sections.push([]);
    sections.at(-1)?.push(node);
  }
  return sections;
}

function isSectionHeading(node: ProseNode): boolean {
  return !isProseText(node) && node.type === 'heading' && Number(node.attrs?.['level'] ?? 2) <= 2;
}

function headingOf(node: ProseNode | undefined): string {
  return node !== undefined && isSectionHeading(node) ? proseText([node]).trim().toLowerCase() : '';
}
