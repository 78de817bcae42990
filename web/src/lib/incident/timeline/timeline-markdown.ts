import { markdownWords } from '@muster/documents';
import type { Task } from '@muster/documents';
import type { EventWorld } from '#lib/ticket/wording/events.ts';
import { eventWords } from '#lib/ticket/wording/events.ts';
import { saidIn, type TimelineItem } from './merge-timeline.ts';
import { ENTRY_NAMES, sinceWords } from '#lib/ticket/timeline/words.ts';

export interface MarkdownOptions {
  readonly title: string;
  /** When the incident began. */
  readonly begunAt: number;
  readonly tasks: readonly Task[];
  readonly world: EventWorld;
  /** The event that a pin is of. */
  readonly pinned: (ref: string) => Extract<TimelineItem, { type: 'event' }>['recorded'] | undefined;
}

/** A timeline as Markdown, in the order of the list, times in UTC so that it reads the same everywhere. */
export function timelineMarkdown(items: readonly TimelineItem[], options: MarkdownOptions): string {
  const lines = [`# ${options.title}`, '', '## Timeline', '', ...timelineLines(items, options)];
  const tasks = options.tasks.filter(({ hidden }) => !hidden);
  if (tasks.length > 0) lines.push('', '## Tasks', '', ...tasks.map((task) => taskLine(task, options.world)));
  return `${lines.join('\n')}\n`;
}

/** A line an item. */
export function timelineLines(
  items: readonly TimelineItem[],
  options: Omit<MarkdownOptions, 'title' | 'tasks'>,
): readonly string[] {
  return items.map(
    (item) => `- ${stamp(item.at)} (${sinceWords(item.at, options.begunAt)}) ${saidOf(item, options)}`,
  );
}

function saidOf(item: TimelineItem, { world, pinned }: Pick<MarkdownOptions, 'world' | 'pinned'>): string {
  if (item.type === 'event') {
    const { actor, event } = item.recorded;
    const said = saidIn(event);
    const did = `**${plain(world.personName(actor))}** ${plain(eventWords(event, world))}`;
    return said === '' ? did : `${did}: ${plain(said)}`;
  }
  const { kind, by, text, source, hidden } = item.entry;
  const event = source?.type === 'event' ? pinned(source.ref) : undefined;
  const of =
    event === undefined
      ? ''
      : ` (${plain(`${world.personName(event.actor)} ${eventWords(event.event, world)}: ${saidIn(event.event)}`)})`;
  const name = `**${ENTRY_NAMES[kind]}**, ${plain(world.personName(by))}`;
  return `${name}${hidden ? ', hidden' : ''}: ${plain(text)}${of}`;
}

function taskLine(task: Task, world: EventWorld): string {
  const owner = task.owner === null ? '' : `, ${plain(world.personName(task.owner))}`;
  const due = task.dueAt === null ? '' : `, due ${stamp(task.dueAt)}`;
  const evidence = task.evidence === '' ? '' : `: ${plain(task.evidence)}`;
  return `- [${task.done ? 'x' : ' '}] ${plain(task.text)}${owner}${due}${evidence}`;
}

export const stamp = (at: number): string =>
  `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** Words as words: what Markdown would read as form is escaped, and lines stay within their item. */
export function plain(text: string): string {
  return markdownWords(text.trim()).replace(/\s*\n\s*/g, '  \n  ');
}
