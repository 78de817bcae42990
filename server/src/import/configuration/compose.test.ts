import { describe, expect, it } from 'vitest';
import { readCompose } from './compose.ts';

describe('a Compose file', () => {
  it('[CFG-92] aliases that stand for little are followed', () => {
    const text = 'x-a: &a { image: x }\nservices:\n  b: *a\n  c: { <<: *a, depends_on: [b] }\n';
    expect(readCompose(text, 'p').items).toMatchObject([
      { key: 'service b', attributes: { image: 'x' } },
      { key: 'service c', attributes: { image: 'x' } },
      { key: 'network default' },
    ]);
  });

  it('[CFG-95] a service that has the network of its host, of another or none is in none of the file', () => {
    const modes = ['host', 'none', 'service:web'].map(
      (mode, place) => `  s${place}: { network_mode: '${mode}' }\n`,
    );
    const read = readCompose(`services:\n  web: {}\n${modes.join('')}`, 'p');
    expect(read.relations.map(({ type, from, to }) => [type, from, to])).toEqual([
      ['connects_to', 'service web', 'network default'],
      ['depends_on', 'service s2', 'service web'],
    ]);
  });

  it('[CFG-92] services of a Compose file that are none are said, and the others taken', () => {
    const read = readCompose('services:\n  a: { image: x, depends_on: [b] }\n  b: { image: [1] }\n', 'p');
    expect(read.items.map(({ key }) => key)).toEqual(['service a', 'network default']);
    expect(read.faults).toMatchObject([{ line: 3, what: 'b' }]);
  });
});
