/** How known errors and articles live in their documents: fetched by whoever looks at them, and by nobody else. */
export { articleFragment, putBackArticle, readArticle } from './article.ts';
export { helpOf, readHelpRow, readHelpRows, seedHelpBoard, writeHelpRow } from './help.ts';
export type { HelpRow } from './help.ts';
export { readKnowledgeRow, readKnowledgeRows, seedKnowledgeBoard, writeKnowledgeRow } from './row.ts';
export { knowledgeMarkdown } from './markdown.ts';
export { appendPlainEvents, readPlainEvents } from '../plain-history.ts';
export { keptBetween } from '../word-diff.ts';
