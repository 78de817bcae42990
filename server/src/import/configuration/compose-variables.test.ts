import { expect, it } from 'vitest';
import { readCompose } from './compose.ts';

it('[CFG-118] variables of a Compose file are read by their defaults, and what hangs on others is left out and said', () => {
  const images = {
    plain: 'redis:7',
    default: '${REGISTRY:-docker.io}/web:${TAG-1.2}',
    nested: 'web:${TAG:-${OLD_TAG:-1.1}}',
    dollar: 'web:$$TAG',
    empty: '${NONE:-}',
    unknown: '${IMAGE_NAME}:$TAG',
    needed: 'web:${TAG:?say which}',
    broken: 'web:${!TAG}',
  };
  const services = Object.entries(images).map(([key, image]) => `  ${key}: { image: '${image}' }\n`);
  const named = "  named: { container_name: '${PREFIX}_web' }\nnetworks: { default: { name: '$NET' } }\n";
  const { items, faults } = readCompose(`services:\n${services.join('')}${named}`, 'p');
  expect(faults).toEqual([]);
  const notIn = (part: string, variables: string) => [
    expect.stringMatching(`^without ${part}: what the ${variables} for is not in the file$`) as string,
  ];
  expect(items.map(({ name, attributes, without }) => [name, attributes['image'], without])).toEqual([
    ['plain', 'redis:7', undefined],
    ['default', 'docker.io/web:1.2', undefined],
    ['nested', 'web:1.1', undefined],
    ['dollar', 'web:$TAG', undefined],
    ['empty', undefined, undefined],
    ['unknown', undefined, notIn('its image', 'variables IMAGE_NAME and TAG stand')],
    ['needed', undefined, notIn('its image', 'variable TAG stands')],
    ['broken', undefined, [expect.stringContaining('{!TAG}')]],
    ['named', undefined, notIn('its container name', 'variable PREFIX stands')],
    ['p_default', undefined, notIn('its name', 'variable NET stands')],
  ]);
  const deep = `${'${A:-'.repeat(100_000)}x${'}'.repeat(100_000)}`;
  expect(readCompose(`services: { a: { image: "${deep}" } }`, 'p').items[0]?.without).toHaveLength(1);
});
