/** What tests of the readers share. */
import { Answerable, DEFAULT_CLASSES } from '@muster/domain/configuration';
import type { CsvMapping } from './csv.ts';

/** Ten to the eighth words in a few lines. */
export const BOMB = Array.from('abcdefgh', (name, place) =>
  place === 0
    ? `a: &a [${Array(10).fill('x').join()}]`
    : `${name}: &${name} [${Array(10)
        .fill(`*${'abcdefgh'[place - 1]}`)
        .join()}]`,
).join('\n');

export const NAMED = { classes: DEFAULT_CLASSES, people: new Answerable(null) };

export const MAPPING: CsvMapping = {
  ...{ source: 'racks', class: 'server', identity: ['Asset'] },
  columns: {
    Name: { kind: 'name' },
    State: { kind: 'state' },
    Memory: { kind: 'attribute', attribute: 'memory_gb' },
    On: { kind: 'relation', type: 'hosted_on' },
  },
};
