import type { KnowledgeContent, KnowledgeKind } from '@muster/domain/problem';
import { markdownLine } from '@muster/domain/shared';
import { markdownWords, proseMarkdown } from '../prose-markdown.ts';
import type { ProseNode } from '../prose.ts';

type Told = Pick<KnowledgeContent, 'title' | 'symptom' | 'workaround' | 'cause' | 'errorCode'>;

/** A version to be taken elsewhere: its title, what is said of the error, and the text. */
export function knowledgeMarkdown(kind: KnowledgeKind, content: Told, body: readonly ProseNode[]): string {
  const { title, symptom, workaround, cause, errorCode } = content;
  const parts: readonly (readonly [string, string])[] = [
    ['Symptom', symptom],
    ['Error code', errorCode],
    ['Workaround', workaround],
    ['Cause', cause],
  ];
  const told = parts
    .filter(([, text]) => text !== '')
    .map(([heading, text]) => `## ${heading}\n\n${markdownWords(text)}`);
  const text = proseMarkdown(body);
  const whole = text !== '' && kind === 'known-error' && told.length > 0 ? `## More\n\n${text}` : text;
  return `${[`# ${markdownLine(title)}`, ...told, whole].filter((each) => each !== '').join('\n\n')}\n`;
}
