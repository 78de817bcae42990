/** The map as a picture to take along: an SVG of its own, which needs nothing of the page. */
import { GLYPHS, MARK_WORDS, faceOf } from './face.ts';
import type { Face, MapNames, Mark } from './face.ts';
import { NODE, boundsOf, pathOf } from './layout.ts';
import type { Bounds, MapLayout, PlacedNode } from './layout.ts';

/** Colours as `#rrggbb`, which every program reads. */
export interface Palette {
  readonly ground: string;
  readonly node: string;
  readonly text: string;
  readonly quiet: string;
  readonly line: string;
  readonly marks: Readonly<Record<Mark, string>>;
}

export interface Picture {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

export interface PictureWords {
  readonly title: string;
  /** When it was taken, and how much of the map it shows. */
  readonly about: string;
}

const MARGIN = 32;
const HEAD = 56;
const FOOT = 40;
const LEGEND: readonly Mark[] = ['down', 'impact', 'dependency', 'both', 'weakened', 'held'];
const LEGEND_WIDTH = LEGEND.length * 112;
const FONT = 'system-ui, sans-serif';
/** Width of a character for its size, about: what is cut is cut before it touches the edge. */
const CHARACTER = 0.56;

export function pictureOf(
  layout: MapLayout,
  names: MapNames,
  words: PictureWords,
  palette: Palette,
): Picture {
  const bounds = boundsOf(layout);
  const width = Math.ceil(Math.max(bounds.width, LEGEND_WIDTH) + 2 * MARGIN);
  const height = Math.ceil(bounds.height + 2 * MARGIN + HEAD + FOOT);
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${FONT}">`,
    `<title>${escaped(words.title)}</title>`,
    patterns(palette),
    `<rect width="${width}" height="${height}" fill="${palette.ground}"/>`,
    line(words.title, MARGIN, MARGIN + 8, { size: 18, fill: palette.text, weight: 600 }),
    line(words.about, MARGIN, MARGIN + 28, { size: 12, fill: palette.quiet }),
    drawn(layout, names, palette, bounds),
    `<g transform="translate(${MARGIN} ${height - MARGIN})">${legend(palette)}</g>`,
    '</svg>',
  ];
  return { svg: svg.join('\n'), width, height };
}

function drawn(layout: MapLayout, names: MapNames, palette: Palette, { left, top }: Bounds): string {
  const edges = layout.edges.map(
    ({ edge, points }) =>
      `<path d="${pathOf(points, layout.kind)}" fill="none" stroke="${palette.line}" stroke-width="1.5"${
        edge.spreads ? ' marker-end="url(#tip)"' : ' stroke-dasharray="3 4"'
      }/>`,
  );
  const nodes = [...layout.nodes.values()].map((node) => box(node, faceOf(node.shown, names), palette));
  return `<g transform="translate(${MARGIN - left} ${MARGIN + HEAD - top})">${[...edges, ...nodes].join('\n')}</g>`;
}

function box({ x, y, shown }: PlacedNode, face: Face, palette: Palette): string {
  const { width, height } = NODE;
  const colour = palette.marks[face.mark];
  const centre = shown.kind === 'item' && shown.reach.from === null;
  const below =
    shown.kind === 'fold'
      ? `<rect x="4" y="4" width="${width}" height="${height}" rx="6" fill="${palette.node}" stroke="${palette.line}"/>`
      : '';
  const dashes = face.mark === 'weakened' ? ' stroke-dasharray="5 3"' : '';
  const said = face.word === '' ? '' : `${GLYPHS[face.mark]} ${face.word}`;
  const open = openWords(face);
  const room = width - 24;
  return [
    `<g transform="translate(${x - width / 2} ${y - height / 2})">`,
    below,
    `<rect width="${width}" height="${height}" rx="6" fill="${palette.node}" stroke="${
      face.mark === 'none' ? palette.line : colour
    }" stroke-width="${centre ? 3 : 1.5}"${dashes}/>`,
    face.mark === 'none' ? '' : `<rect width="7" height="${height}" rx="3" fill="url(#${face.mark})"/>`,
    line(fitted(face.title, room, 13), 14, 19, { size: 13, fill: palette.text, weight: 600 }),
    line(fitted(said === '' ? face.detail : said, room - open.length * 6.5, 11), 14, 37, {
      size: 11,
      fill: said === '' ? palette.quiet : colour,
    }),
    open === '' ? '' : line(open, width - 10, 37, { size: 11, fill: palette.text, anchor: 'end' }),
    '</g>',
  ].join('');
}

function openWords({ work: { incidents, changes } }: Face): string {
  return [...(incidents > 0 ? [`! ${incidents}`] : []), ...(changes > 0 ? [`⇄ ${changes}`] : [])].join('  ');
}

function legend(palette: Palette): string {
  return LEGEND.map((mark, place) => {
    const at = place * 112;
    const words = `${GLYPHS[mark]} ${MARK_WORDS[mark]}`;
    return `<rect x="${at}" y="-10" width="7" height="14" rx="3" fill="url(#${mark})"/>${line(words, at + 14, 2, { size: 12, fill: palette.text })}`;
  }).join('');
}

/** A pattern for each mark: full, dotted, crossed, striped, half and half. */
function patterns({ marks, node, line: stroke }: Palette): string {
  const pattern = (mark: Mark, size: number, inside: string): string =>
    `<pattern id="${mark}" width="${size}" height="${size}" patternUnits="userSpaceOnUse"><rect width="${size}" height="${size}" fill="${marks[mark]}"/>${inside}</pattern>`;
  const light = (shape: string): string => shape.replace('/>', ` fill="${node}"/>`);
  return [
    '<defs>',
    pattern('down', 4, ''),
    pattern('impact', 7, ''),
    pattern('dependency', 7, light('<circle cx="3.5" cy="3.5" r="1.8"/>')),
    pattern('both', 7, light('<path d="M3.5 0L7 3.5L3.5 7L0 3.5z"/>')),
    pattern('weakened', 6, light('<rect y="3" width="6" height="3"/>')),
    pattern('held', 7, light('<rect x="3" width="1.5" height="7"/>')),
    `<marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z" fill="${stroke}"/></marker>`,
    '</defs>',
  ].join('');
}

interface TextLook {
  readonly size: number;
  readonly fill: string;
  readonly weight?: number;
  readonly anchor?: 'end';
}

function line(text: string, x: number, y: number, { size, fill, weight, anchor }: TextLook): string {
  const extra = `${weight === undefined ? '' : ` font-weight="${weight}"`}${anchor === undefined ? '' : ` text-anchor="${anchor}"`}`;
  return `<text x="${x}" y="${y}" font-size="${size}" fill="${fill}"${extra}>${escaped(text)}</text>`;
}

/** Cut to a width, in characters of about the same; whole ones, whatever they are made of. */
function fitted(text: string, width: number, size: number): string {
  const most = Math.max(1, Math.floor(width / (size * CHARACTER)));
  const characters = [...text];
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text of people in XML: what XML has no way to say is left out. */
export function escaped(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[&<>"']/g, (found) => ENTITIES[found] ?? '')
    .replaceAll(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '');
}
