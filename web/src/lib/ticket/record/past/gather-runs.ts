import { isProseText } from '@muster/documents';
import type { ProseNode, ProseText, Written } from '@muster/documents';

/**
 * Neighbouring words of one person and one fate as one stretch, with the last of their times: the log knows each
 * key, a reader wants the sentence.
 */
export function gatherRuns(nodes: readonly ProseNode[]): readonly ProseNode[] {
  const gathered: ProseNode[] = [];
  for (const node of nodes) {
    const last = gathered.at(-1);
    if (last !== undefined && isProseText(last) && isProseText(node) && belongTogether(last, node)) {
      gathered[gathered.length - 1] = {
        ...last,
        text: last.text + node.text,
        ...later('written', last.written, node.written),
        ...later('removed', last.removed, node.removed),
      };
    } else gathered.push(node);
  }
  return gathered;
}

function belongTogether(a: ProseText, b: ProseText): boolean {
  return (
    a.came === b.came &&
    a.written?.person === b.written?.person &&
    a.written?.recovered === b.written?.recovered &&
    a.removed?.person === b.removed?.person &&
    a.removed?.recovered === b.removed?.recovered &&
    JSON.stringify(a.marks) === JSON.stringify(b.marks)
  );
}

function later(key: 'written' | 'removed', a: Written | undefined, b: Written | undefined) {
  if (a === undefined || b === undefined) return {};
  return { [key]: a.at > b.at ? a : b };
}
