/** Prose as Markdown, to be taken elsewhere: words stay words, whatever Markdown would make of them. */
import { isProseText } from './prose.ts';
import type { ProseBlock, ProseMark, ProseNode, ProseText } from './prose.ts';

/** Blocks apart by an empty line; headings keep their level. What is of no known form gives its words. */
export function proseMarkdown(nodes: readonly ProseNode[]): string {
  return nodes
    .map((node) => blockLines(node).join('\n'))
    .filter((block) => block.trim() !== '')
    .join('\n\n');
}

/** Words with what Markdown would read as form escaped. */
export function markdownWords(text: string): string {
  return text.replace(/[\\`*_[\]<>#|~]/g, '\\$&');
}

function blockLines(node: ProseNode): readonly string[] {
  if (isProseText(node)) return inline([node]).split('\n');
  const { content = [], attrs = {} } = node;
  switch (node.type) {
    case 'heading':
      return [`${'#'.repeat(levelOf(attrs['level']))} ${inline(content).replaceAll('\n', ' ')}`];
    case 'bulletList':
      return content.flatMap((item) => listItem(item, '- '));
    case 'orderedList':
      return content.flatMap((item, index) => listItem(item, `${index + 1}. `));
    case 'blockquote':
      return proseMarkdown(content)
        .split('\n')
        .map((line) => `> ${line}`.trimEnd());
    case 'codeBlock':
      return codeLines(content);
    default:
      return isInline(content) ? inline(content).split('\n') : proseMarkdown(content).split('\n');
  }
}

function listItem(item: ProseNode, mark: string): readonly string[] {
  const content = isProseText(item) ? [item] : (item.content ?? []);
  const lines = content.flatMap((child) => blockLines(child));
  const rest = ' '.repeat(mark.length);
  return (lines.length === 0 ? [''] : lines).map((line, index) =>
    `${index === 0 ? mark : rest}${line}`.trimEnd(),
  );
}

/** A fence longer than any run of backticks inside. */
function codeLines(content: readonly ProseNode[]): readonly string[] {
  const code = content.map((node) => (isProseText(node) ? node.text : '\n')).join('');
  const longest = Math.max(2, ...[...code.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return [fence, ...code.split('\n'), fence];
}

function isInline(content: readonly ProseNode[]): boolean {
  return content.every((node) => isProseText(node) || node.type === 'hardBreak');
}

function inline(nodes: readonly ProseNode[]): string {
  return nodes
    .map((node) => {
      if (isProseText(node)) return marked(node);
      return node.type === 'hardBreak' ? '  \n' : inline((node as ProseBlock).content ?? []);
    })
    .join('');
}

function marked({ text, marks = [] }: ProseText): string {
  if (marks.some((mark) => kindOf(mark) === 'code')) return codeSpan(text);
  // emphasis that touches a space is none to Markdown
  const [, before = '', words = '', after = ''] = /^(\s*)([\s\S]*?)(\s*)$/.exec(text) ?? [];
  if (words === '') return text;
  let form = markdownWords(words);
  for (const mark of marks) {
    switch (kindOf(mark)) {
      case 'bold':
        form = `**${form}**`;
        break;
      case 'italic':
        form = `*${form}*`;
        break;
      case 'link':
        form = linked(form, mark.attrs?.['href']);
        break;
    }
  }
  return `${before}${form}${after}`;
}

/** The editor gives marks that may stand twice on the same words a suffix of their own. */
function kindOf({ type }: ProseMark): string {
  return type.split('--')[0] ?? type;
}

function codeSpan(text: string): string {
  const fence = '`'.repeat(Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length)) + 1);
  return fence.length === 1 ? `\`${text}\`` : `${fence} ${text} ${fence}`;
}

function linked(words: string, address: unknown): string {
  // what a program would run is no place to go to
  if (typeof address !== 'string' || !/^(?:https?|mailto):/i.test(address)) return words;
  return `[${words}](<${address.replace(/[<>\s\\]/g, (char) => encodeURIComponent(char))}>)`;
}

function levelOf(level: unknown): number {
  const number = Number(level);
  return Number.isInteger(number) && number >= 1 && number <= 6 ? number : 2;
}
