/** The text that people write together of a known error or an article, in `article/<id>`. */
import type { ArticleText } from '@muster/domain/problem';
import * as Y from 'yjs';
import { proseDigest } from '../prose-digest.ts';
import { proseText, readProse } from '../prose.ts';
import type { ProseNode } from '../prose.ts';
import { restoreProse } from '../restore-prose.ts';

export function articleFragment(doc: Y.Doc): Y.XmlFragment {
  return doc.getXmlFragment('body');
}

/** What the text says now: its nodes, its words, and a digest that is the same for every copy of it. */
export function readArticle(doc: Y.Doc): ArticleText {
  const fragment = articleFragment(doc);
  const body = readProse(fragment);
  return { body, words: proseText(body), digest: proseDigest(fragment) || null };
}

/**
 * Makes the text say what a version said, by an edit of today under `client`, which has not written in it before: what
 * both have stays as it is, and whoever writes meanwhile goes on in it.
 */
export function putBackArticle(doc: Y.Doc, body: readonly ProseNode[], client: number): void {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  // after loading: Yjs gives a document a new id when an update brings structures under the id it has
  copy.clientID = client;
  const updates: Uint8Array[] = [];
  copy.on('update', (update: Uint8Array) => updates.push(update));
  restoreProse(articleFragment(copy), body, null);
  copy.destroy();
  for (const update of updates) Y.applyUpdate(doc, update);
}
