import { id, item } from '@muster/domain/testing/maps';
import { describe, expect, it } from 'vitest';
import { aMap, ask, namesOf, show } from '../test-support/a-map.ts';
import { boundsOf, layoutOf, pathOf } from './layout.ts';
import type { LayoutKind } from './layout-kind.ts';
import { outlineOf } from './outline.ts';
import { escaped, pictureOf } from './svg.ts';
import type { Palette } from './svg.ts';

const palette: Palette = {
  ...{ ground: '#ffffff', node: '#fefefe', text: '#111111', quiet: '#666666', line: '#999999' },
  marks: {
    ...{ down: '#aa0000', impact: '#cc0000', dependency: '#0000cc', both: '#8800aa' },
    ...{ weakened: '#aa8800', held: '#555555', none: '#777777' },
  },
};
const words = { title: 'Around <shop> & "co"', about: '28 Nov 2026' };

describe('the picture of a map', () => {
  const map = aMap(['shop runs_on db', 'desk uses shop', 'shop documented_by book']);
  const layout = layoutOf(show(map, ask('shop')));

  it('[CFG-86] names every node, its mark in a word and the legend, and draws every relation', () => {
    const { svg, width, height } = pictureOf(
      layout,
      namesOf(new Map([[id('desk'), { incidents: 2, changes: 1 }]])),
      words,
      palette,
    );
    for (const said of ['>shop<', '>desk<', '▼ Impact', '● Dependency', '! 2  ⇄ 1', '◐ Weakened', '■ Held'])
      expect(svg).toContain(said);
    expect(svg.match(/marker-end=/g)).toHaveLength(2);
    expect(svg.match(/stroke-dasharray="3 4"/g)).toHaveLength(1);
    expect(svg).toContain(`viewBox="0 0 ${width} ${height}"`);
  });

  it('[CFG-106] is drawn the way that the map runs, and closer where that is chosen', () => {
    const shown = show(map, ask('shop'));
    const sizeOf = (kind: LayoutKind) => {
      const { width, height } = boundsOf(layoutOf(shown, { kind }));
      return { width, height };
    };
    expect(sizeOf('down').height).toBeGreaterThan(sizeOf('right').height);
    expect(sizeOf('down').width).toBeLessThan(sizeOf('right').width);
    expect(sizeOf('compact').width).toBeLessThan(sizeOf('right').width);
    expect(sizeOf('compact').height).toBeLessThan(sizeOf('right').height);
    // a line to what hangs below leaves downwards: where it is bent, it is still under what it comes from
    const { edges } = layoutOf(shown, { kind: 'down' });
    for (const { points } of edges) {
      const [, startLeft, bendLeft] = /^M(\S+) \S+C(\S+) /.exec(pathOf(points, 'down')) ?? [];
      expect(bendLeft).toBe(startLeft);
    }
  });

  it('[CFG-86] takes no word of people for anything but text', () => {
    const names = { ...namesOf(), item: () => `<script>alert("1")</script>&'\u0000\ud800` };
    const { svg } = pictureOf(layout, names, words, palette);
    expect(svg).not.toContain('<script');
    expect(svg).toContain('Around &lt;shop&gt; &amp; &quot;co&quot;');
    const outside = svg.replaceAll(/<[^<>]*>/g, '');
    expect(outside).not.toMatch(/[<>]|&(?!amp;|lt;|gt;|quot;|#39;)/);
    expect(escaped('a\u0000b\u000bc\ud800d')).toBe('abc\ufffdd');
  });
});

describe('the list of a map', () => {
  it('[CFG-84] has each item once, under what it was reached by, and says how it is related to it', () => {
    const many = ['a', 'b', 'c', 'd'].map((each) => `${each} uses shop`);
    const map = aMap(
      [...many, 'shop runs_on db', 'db runs_on srv', 'mall uses shop', 'top uses mall'],
      [item('srv', { class: 'server' })],
    );
    const outline = outlineOf(show(map, ask('shop')), namesOf());
    const said = outline.map(({ title, rows }) => [
      title,
      rows.map(({ face, how, depth }) => `${depth} ${face.title}: ${how}`),
    ]);
    expect(said).toEqual([
      ['In the middle', ['1 shop: ']],
      ['What hangs on it', ['1 4 × Application: Uses shop', '1 mall: Uses shop', '2 top: Uses mall']],
      ['What it hangs on', ['1 db: Runs shop', '2 srv: Runs db']],
    ]);
  });
});
