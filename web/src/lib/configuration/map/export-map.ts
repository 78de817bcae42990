/** Takes the map along as a file: an SVG that needs nothing of the page, or a PNG drawn from it. */
import { saveFile } from '#lib/ui/save-file.ts';
import type { MapLayout } from './layout.ts';
import type { MapNames, Mark } from './face.ts';
import { pictureOf } from './svg.ts';
import type { Palette, Picture, PictureWords } from './svg.ts';

/** Pixels of a PNG for each of the picture, as long as a canvas can hold them. */
const SCALE = 2;
const MOST_PIXELS = 16_000_000;

const MARK_TOKENS: Readonly<Record<Mark, string>> = {
  down: '--danger-solid',
  impact: '--danger-solid',
  dependency: '--info-solid',
  both: '--pause-solid',
  weakened: '--warning-solid',
  held: '--neutral-solid',
  none: '--line-2',
};

export function mapPicture(layout: MapLayout, names: MapNames, words: PictureWords): Picture {
  return pictureOf(layout, names, words, paletteOf(document.documentElement));
}

export function saveSvg(picture: Picture, name: string): void {
  saveFile(`${name}.svg`, 'image/svg+xml', picture.svg);
}

/** @throws When the browser cannot draw a picture of that size. */
export async function savePng({ svg, width, height }: Picture, name: string): Promise<void> {
  const scale = Math.min(SCALE, Math.sqrt(MOST_PIXELS / (width * height)));
  const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image(width, height);
    image.src = address;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = Math.floor(width * scale);
    canvas.height = Math.floor(height * scale);
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('the browser gives no canvas');
    context.scale(scale, scale);
    context.drawImage(image, 0, 0);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    if (blob === null) throw new Error('the browser cannot draw a picture of that size');
    const file = URL.createObjectURL(blob);
    const link = document.createElement('a');
    link.href = file;
    link.download = `${name}.png`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(file), 0);
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** The colours of the page as it is looked at, light or dark, as `#rrggbb`. */
function paletteOf(root: HTMLElement): Palette {
  const probe = document.createElement('span');
  root.append(probe);
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 1;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  const colour = (token: string): string => {
    probe.style.color = `var(${token})`;
    if (context === null) return '#808080';
    context.fillStyle = getComputedStyle(probe).color;
    context.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
    return `#${[red, green, blue].map((each) => each.toString(16).padStart(2, '0')).join('')}`;
  };
  const marks = Object.fromEntries(
    Object.entries(MARK_TOKENS).map(([mark, token]) => [mark, colour(token)]),
  ) as Record<Mark, string>;
  const palette = {
    ...{ ground: colour('--surface-0'), node: colour('--surface-1') },
    ...{ text: colour('--text-1'), quiet: colour('--text-2'), line: colour('--line-3'), marks },
  };
  probe.remove();
  return palette;
}
