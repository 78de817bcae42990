/** The text that people write together of a known error or an article, in `article/<id>`. */
import type { ArticleText } from '@muster/domain/problem';
import type * as Y from 'yjs';
import { proseDigest } from '../prose-digest.ts';
import { proseText, readProse } from '../prose.ts';

export function articleFragment(doc: Y.Doc): Y.XmlFragment {
  return doc.getXmlFragment('body');
}

/** What the text says now: its nodes, its words, and a digest that is the same for every copy of it. */
export function readArticle(doc: Y.Doc): ArticleText {
  const fragment = articleFragment(doc);
  const body = readProse(fragment);
  return { body, words: proseText(body), digest: proseDigest(fragment) || null };
}
