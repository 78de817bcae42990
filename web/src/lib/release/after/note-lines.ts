/** Release notes as a page shows them: what `releaseNotes` writes is headings and lists, with everything else escaped. */
export interface NoteLine {
  readonly kind: 'title' | 'heading' | 'line';
  readonly text: string;
}

export function noteLines(markdown: string): readonly NoteLine[] {
  return markdown
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const mark = /^(#{1,2}|-) /.exec(line)?.[1] ?? '';
      const text = line.slice(mark === '' ? 0 : mark.length + 1).replaceAll(/\\(.)/g, '$1');
      return { kind: mark === '#' ? 'title' : mark === '##' ? 'heading' : 'line', text };
    });
}
