import { describe, expect, it } from 'vitest';
import { dependenciesOf } from '../impact/dependencies.ts';
import { impactOf } from '../impact/impact.ts';
import { DependencyMap } from '../map/dependency-map.ts';
import { TYPES, id, item, relation } from '../test-support/any-map.ts';

const gone = (name: string, into: string) => item(name, { state: 'retired', sameAs: id(into) });

/** The application needs the host, into which a twin was joined, and into that a third. */
function house(): DependencyMap {
  return new DependencyMap(
    TYPES,
    [item('app'), item('host'), gone('twin', 'host'), gone('third', 'twin'), item('power')],
    [relation('app', 'needs', 'host'), relation('host', 'needs', 'power')],
  );
}

describe('the item that stands for one that was joined', () => {
  it('[CFG-103] is the last of a chain, and any other itself', () => {
    const map = house();
    expect(['third', 'twin', 'host', 'nowhere'].map((name) => map.stayingOf(id(name)))).toEqual([
      ...['host', 'host', 'host', 'nowhere'],
    ]);
    expect(map.joinedInto(id('host'))).toEqual(['third', 'twin']);
    expect(map.joinedInto(id('twin'))).toEqual([]);
  });

  it('[CFG-103] is itself again where it was taken back, or leads back to itself', () => {
    const map = house();
    const before = map.revision;
    map.put(item('twin'));
    expect(map.revision).toBeGreaterThan(before);
    expect([map.stayingOf(id('third')), map.joinedInto(id('host'))]).toEqual(['twin', []]);
    map.put(gone('twin', 'third'));
    expect([map.stayingOf(id('third')), map.stayingOf(id('twin'))]).toEqual(['third', 'twin']);
    expect(map.joinedInto(id('twin'))).toEqual([]);
  });

  it('[CFG-103] is the last that is known, and more once that is there', () => {
    const map = new DependencyMap(TYPES, [gone('third', 'twin')]);
    expect(map.stayingOf(id('third'))).toBe('third');
    map.put(gone('twin', 'host'));
    expect(map.stayingOf(id('third'))).toBe('twin');
    map.put(item('host'));
    expect([map.stayingOf(id('third')), map.joinedInto(id('host'))]).toEqual(['host', ['third', 'twin']]);
    map.take(id('twin'));
    expect(map.joinedInto(id('host'))).toEqual([]);
  });

  it('[CFG-103] falls in its place, and hangs on what it hangs on', () => {
    const map = house();
    expect([...impactOf(map, { down: [id('third')] }).down.keys()]).toEqual(['host', 'app']);
    expect([...dependenciesOf(map, id('twin')).keys()]).toEqual(['power']);
    const said = (of: readonly [string, 'impacted' | 'not_impacted'][]) =>
      impactOf(map, {
        down: [id('power')],
        overrides: new Map(of.map(([name, how]) => [id(name), how] as const)),
      }).held;
    expect(said([['twin', 'not_impacted']])).toEqual(new Set(['host']));
    const both = [
      ['host', 'impacted'],
      ['twin', 'not_impacted'],
    ] as const;
    expect(said([...both].map(([name, how]) => [name, how]))).toEqual(new Set());
  });
});
