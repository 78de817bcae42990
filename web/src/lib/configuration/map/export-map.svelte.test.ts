import { afterEach, expect, test, vi } from 'vitest';
import '#lib/styles/base.css';
import { aMap, ask, namesOf, show } from '../test-support/a-map.ts';
import { mapPicture, savePng } from './export-map.ts';
import { layoutOf } from './layout.ts';
import type { Picture } from './svg.ts';

afterEach(() => vi.restoreAllMocks());

interface Taken {
  readonly name: string;
  readonly file: Blob;
}

/** What the browser is handed as a file while something is done. */
async function takenBy(act: () => Promise<void>): Promise<readonly Taken[]> {
  const taken: Promise<Taken>[] = [];
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    const { download: name, href } = this;
    // asked for at once: the address is given back after this turn
    taken.push(fetch(href).then(async (answer) => ({ name, file: await answer.blob() })));
  });
  await act();
  return Promise.all(taken);
}

/** The picture of a file as a browser decodes it: its size, and how often it has each colour. */
async function decoded(file: Blob) {
  const bitmap = await createImageBitmap(file);
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext('2d');
  if (context === null) throw new Error('no canvas');
  context.drawImage(bitmap, 0, 0);
  const pixels = new Uint32Array(context.getImageData(0, 0, width, height).data.buffer);
  const colours = new Map<number, number>();
  for (const pixel of pixels) colours.set(pixel, (colours.get(pixel) ?? 0) + 1);
  return { width, height, colours, pixels: pixels.length };
}

/** As a pixel holds it: red in the lowest byte, and nothing shines through. */
function pixelOf(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  return (0xff_00_00_00 | (blue << 16) | (green << 8) | red) >>> 0;
}

function aPicture(): Picture {
  const map = aMap(['shop runs_on db', 'desk uses shop', 'shop documented_by book']);
  return mapPicture(layoutOf(show(map, ask('shop'))), namesOf(), { title: 'Around shop', about: 'Today' });
}

test('[CFG-86] the map as a PNG is twice the size of the drawing and has its ground, its nodes and its marks', async () => {
  const picture = aPicture();
  const taken = await takenBy(() => savePng(picture, 'map-shop'));
  expect(taken.map(({ name, file }) => [name, file.type])).toEqual([['map-shop.png', 'image/png']]);
  const { width, height, colours, pixels } = await decoded(taken[0]!.file);
  expect([width, height]).toEqual([Math.floor(picture.width * 2), Math.floor(picture.height * 2)]);

  // every colour that the drawing fills something with
  const filled = new Set([...picture.svg.matchAll(/fill="(#[\da-f]{6})"/g)].map(([, colour = '']) => colour));
  expect(filled.size).toBeGreaterThan(3);
  for (const colour of filled) expect(colours.get(pixelOf(colour)), colour).toBeGreaterThan(0);
  // and none covers it all
  expect(Math.max(...colours.values())).toBeLessThan(pixels * 0.95);
});

test('[CFG-86] a map that is larger than a canvas can hold is drawn as large as it can be', async () => {
  const [width, height] = [9_000, 4_000];
  const svg = aPicture().svg.replace(
    /width="\d+(\.\d+)?" height="\d+(\.\d+)?"/,
    `width="${width}" height="${height}"`,
  );
  const taken = await takenBy(() => savePng({ svg, width, height }, 'map-large'));
  const large = await decoded(taken[0]!.file);
  expect(large.pixels).toBeLessThanOrEqual(16_000_000);
  expect(large.pixels).toBeGreaterThan(15_900_000);
  expect(large.width / large.height).toBeCloseTo(width / height, 2);
  expect(large.colours.size).toBeGreaterThan(3);
});

test('[CFG-86] what is no drawing is refused, and no file is handed over', async () => {
  const refused = takenBy(() => savePng({ svg: '<svg', width: 10, height: 10 }, 'map-broken'));
  await expect(refused).rejects.toThrow();
  expect(vi.mocked(HTMLAnchorElement.prototype.click)).not.toHaveBeenCalled();
});
