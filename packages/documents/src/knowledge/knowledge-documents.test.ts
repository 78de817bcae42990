import type { KnowledgeContent, KnownError } from '@muster/domain/problem';
import { personId, recordId, serviceId } from '@muster/domain/shared';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { articleFragment, readArticle } from './article.ts';
import { helpOf, readHelpRows, writeHelpRow } from './help.ts';
import { knowledgeMarkdown } from './markdown.ts';
import { readKnowledgeRow, readKnowledgeRows, writeKnowledgeRow } from './row.ts';

const AT = Date.UTC(2026, 5, 1);
const ID = recordId('01KB3C0000000000000000000A');

const CONTENT: KnowledgeContent = {
  ...{ title: 'VPN drops', symptom: 'It *closes*', workaround: 'Again', cause: '', errorCode: 'E1' },
  ...{ items: [serviceId('vpn')], service: serviceId('vpn'), category: 'Network', words: ['tunnel'] },
  ...{ problem: recordId('p1'), audience: 'everybody', validUntil: AT + 9 },
};

const WHOLE: KnownError = {
  ...CONTENT,
  ...{ id: ID, kind: 'known-error', version: 4, state: 'published', draft: 'draft' },
  ...{ madeBy: personId('ana'), madeAt: AT, updatedAt: AT + 5, owner: personId('bo') },
  ...{ reviewers: [personId('lea')], submittedBy: personId('ana') },
  sentBack: { by: personId('lea'), at: AT + 3, reason: 'Say how' },
  published: { number: 2, content: CONTENT, excerpt: 'Words', text: 'd1', at: AT + 4, by: personId('lea') },
  ...{ supersededBy: recordId('k2'), reason: 'Old', helped: 3, notHelped: 1, used: 2, toldDue: AT },
};

const PLAIN: KnownError = {
  ...WHOLE,
  ...{ state: 'draft', owner: null, reviewers: [], submittedBy: null, sentBack: null, published: null },
  ...{ supersededBy: null, reason: null, toldDue: null, items: [], words: [], problem: null, errorCode: '' },
};

describe('known errors in their documents', () => {
  test.each([WHOLE, PLAIN])('a row says what was written', (it) => {
    const doc = new Y.Doc();
    writeKnowledgeRow(doc, it);
    expect(readKnowledgeRow(doc, ID)).toEqual(it);
  });

  test('what does not conform is set aside', () => {
    const doc = new Y.Doc();
    writeKnowledgeRow(doc, WHOLE);
    doc.getMap('rows').set('odd', [9, 1]);
    expect(readKnowledgeRows(doc)).toMatchObject({ known: [{ id: ID }], nonconforming: [{ path: 'odd' }] });
  });

  test('[PRB-61] what everybody has names no person, item or problem, and goes when it is for them no more', () => {
    const doc = new Y.Doc();
    const body = [{ type: 'paragraph', content: [{ type: 'text', text: 'Hello' }] }];
    const row = helpOf(WHOLE, body);
    writeHelpRow(doc, ID, row);
    expect(readHelpRows(doc).rows).toEqual([row]);
    expect(row).toMatchObject({ title: 'VPN drops', number: 2, body });
    for (const hidden of ['ana', 'bo', 'lea', 'p1', 'Say how'])
      expect(JSON.stringify(doc.getMap('rows').toJSON())).not.toContain(`"${hidden}"`);
    expect(helpOf({ ...WHOLE, state: 'retired' }, body)).toBeNull();
    expect(helpOf(PLAIN, body)).toBeNull();
    writeHelpRow(doc, ID, null);
    expect(readHelpRows(doc).rows).toEqual([]);
  });

  test('[PRB-54] a text has one digest on every device, and none without words', () => {
    const [one, other] = [new Y.Doc(), new Y.Doc()];
    articleFragment(one).push([new Y.XmlElement('paragraph')]);
    expect(readArticle(one)).toMatchObject({ digest: null, words: '' });
    (articleFragment(one).get(0) as Y.XmlElement).push([new Y.XmlText('Hello')]);
    Y.applyUpdate(other, Y.encodeStateAsUpdate(one));
    expect(readArticle(other)).toEqual(readArticle(one));
    expect(readArticle(one)).toMatchObject({ words: 'Hello', digest: expect.any(String) as string });
  });

  test('a version goes out as Markdown, with people’s words as words', () => {
    const body = [{ type: 'paragraph', content: [{ type: 'text', text: 'More' }] }];
    expect(knowledgeMarkdown('known-error', CONTENT, body)).toBe(
      '# VPN drops\n\n## Symptom\n\nIt \\*closes\\*\n\n## Error code\n\nE1\n\n## Workaround\n\nAgain\n\n## More\n\nMore\n',
    );
  });
});
