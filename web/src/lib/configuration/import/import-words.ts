/** What an import of items is called on its page, by source and by where it stands. */
import { SOURCES } from './import-api.ts';
import type { ImportJob, Source } from './import-api.ts';
import type { RowKind } from './report-rows.ts';

export const SOURCE_WORDS: Readonly<
  Record<Source, { readonly label: string; readonly hint: string; readonly accept: string }>
> = {
  csv: {
    label: 'Table (CSV)',
    hint: 'One row an item, from a spreadsheet or any other tool, up to 32 MB and 100,000 rows',
    accept: '.csv,.tsv,.txt,.gz,text/csv,application/gzip',
  },
  netbox: {
    label: 'NetBox',
    hint: 'Its export of data (dumpdata) as JSON, in one file or several, up to 32 MB together',
    accept: '.json,.gz,application/json,application/gzip',
  },
  compose: {
    label: 'Docker Compose',
    hint: 'A compose.yaml: its services become containers, up to 4 MB',
    accept: '.yaml,.yml,.gz',
  },
  backstage: {
    label: 'Backstage',
    hint: 'A catalogue in YAML: components, interfaces, resources and systems, up to 4 MB',
    accept: '.yaml,.yml,.gz',
  },
};

/** Of every source: which it is is seen by the file. */
export const ACCEPTED = SOURCES.map((source) => SOURCE_WORDS[source].accept).join();

/** What an import keeps of where an item comes from: the source by its format and name, and what it calls the item. */
export function sourceWords(source: string, key: string): string {
  const [format = '', ...name] = source.split(' ');
  const known = SOURCES.find((each) => each === format);
  const label = known === undefined ? format : SOURCE_WORDS[known].label;
  // a kind of NetBox stands behind its part of NetBox, which says nothing here
  const called = format === 'netbox' ? key.replace(/^\w+\./, '') : key;
  return `${label}${name.length === 0 ? '' : ` “${name.join(' ')}”`}, ${called}`;
}

export const KIND_WORDS: Readonly<Record<RowKind, { readonly tried: string; readonly done: string }>> = {
  refused: { tried: 'Refused', done: 'Refused' },
  partly: { tried: 'Taken in part', done: 'Taken in part' },
  alike: { tried: 'Same name', done: 'Same name' },
  made: { tried: 'Would be made', done: 'Made' },
  changed: { tried: 'Would change', done: 'Changed' },
  left: { tried: 'Left as it is', done: 'Left as it is' },
  related: { tried: 'Would be related', done: 'Related' },
  replaced: { tried: 'Would be replaced', done: 'Replaced' },
  gone: { tried: 'Not in the file', done: 'Not in the file' },
};

export function headWords({ state, dryRun }: ImportJob): string {
  switch (state) {
    case 'reading':
      return dryRun ? 'Trying it; nothing is written' : 'Reading';
    case 'applying':
      return 'Importing';
    case 'done':
      return dryRun ? 'This is what an import would do' : 'The import is done';
    case 'cancelled':
      return dryRun ? 'The trial was stopped' : 'The import was stopped';
    case 'interrupted':
      return dryRun ? 'The trial was interrupted' : 'The import was interrupted';
    case 'failed':
      return 'The import broke';
    case 'refused':
    case 'too-large':
      return 'The file was not taken';
  }
}

const whole = new Intl.NumberFormat('en-GB');

/** What of a stopped or broken import stands. */
export function keptWords(done: number, notReached: number): string {
  return `What was applied stays, each item with its relations; ${whole.format(notReached)} of ${whole.format(done + notReached)} steps were not reached. Import the same file again to do the rest.`;
}

/** Why it is followed no more, what of it stands, and what to do. */
export function interruptedWords({ dryRun, done, of, state }: ImportJob): string {
  const why = 'The server was started anew while it ran.';
  if (dryRun) return `${why} Nothing was written; try it again.`;
  const far =
    state === 'reading'
      ? 'When it was last heard of, it was reading the file and had written nothing.'
      : `At least ${whole.format(done)} of ${whole.format(of)} steps were written, and no item or relation by half.`;
  return `${why} ${far} Import the same file again: what stands is left as it is, and the rest is done.`;
}

/** What to look at before it is imported: what is made twice is not joined again by itself. */
export function alikeWords(count: number): string {
  const rows = count === 1 ? 'One row would be made' : `${whole.format(count)} rows would be made`;
  return `${rows} although an item of the same name and class is there: see "${KIND_WORDS.alike.tried}". Where the file means that item, give both the same serial number or whatever identifies the class; else import them as they are.`;
}

export function counted(number: number): string {
  return whole.format(number);
}
