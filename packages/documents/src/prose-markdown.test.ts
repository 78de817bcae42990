import { describe, expect, test } from 'vitest';
import type { ProseNode } from './prose.ts';
import { proseMarkdown } from './prose-markdown.ts';

const text = (words: string, ...marks: readonly string[]): ProseNode => ({
  type: 'text',
  text: words,
  ...(marks.length > 0 && { marks: marks.map((type) => ({ type })) }),
});
const paragraph = (...content: readonly ProseNode[]): ProseNode => ({ type: 'paragraph', content });

describe('prose as Markdown', () => {
  test('headings, lists, quotes and code keep their form', () => {
    const item = (words: string): ProseNode => ({ type: 'listItem', content: [paragraph(text(words))] });
    expect(
      proseMarkdown([
        { type: 'heading', attrs: { level: 3 }, content: [text('Impact')] },
        paragraph(text('Since '), text('noon', 'bold'), text(' nobody '), text('could', 'italic')),
        { type: 'bulletList', content: [item('mail'), item('calendar')] },
        { type: 'orderedList', content: [item('first')] },
        { type: 'blockquote', content: [paragraph(text('quoted'))] },
        { type: 'codeBlock', content: [text('a ``` b')] },
      ]),
    ).toBe(
      [
        '### Impact',
        'Since **noon** nobody *could*',
        '- mail\n- calendar',
        '1. first',
        '> quoted',
        '````\na ``` b\n````',
      ].join('\n\n'),
    );
  });

  test('words stay words', () => {
    expect(proseMarkdown([paragraph(text('# 2 * 3 <b> [x](y)'))])).toBe('\\# 2 \\* 3 \\<b\\> \\[x\\](y)');
    expect(proseMarkdown([paragraph(text(' loud ', 'bold'), text('x`y', 'code'))])).toBe(
      ' **loud** `` x`y ``',
    );
  });

  test('a link to what a program would run is its words alone', () => {
    for (const href of ['javascript:alert(1)', ' java\nscript:alert(1)', 'data:text/html,x', '//desk.test'])
      expect(
        proseMarkdown([
          paragraph({ type: 'text', text: 'here', marks: [{ type: 'link', attrs: { href } }] }),
        ]).trim(),
      ).toBe('here');
  });

  test('a link keeps its address, and a mark with a suffix is that mark', () => {
    const link = { type: 'link--a1', attrs: { href: 'https://desk.test/a b>' } };
    expect(proseMarkdown([paragraph({ type: 'text', text: 'here', marks: [link] })])).toBe(
      '[here](<https://desk.test/a%20b%3E>)',
    );
  });

  test('empty paragraphs leave nothing, breaks a line', () => {
    expect(proseMarkdown([paragraph(), paragraph(text('one'), { type: 'hardBreak' }, text('two'))])).toBe(
      'one  \ntwo',
    );
  });
});
