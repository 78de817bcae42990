/**
 * Where the nodes of a map stand: in columns from what carries, on the left, to what hangs on it, on the right, or in
 * rows downwards, which are columns turned over. What was drawn before stays where it was as far as possible.
 */
import { Graph, layout as dagre, graphlib } from '@dagrejs/dagre';
import type { EdgeLabel, GraphLabel, NodeLabel } from '@dagrejs/dagre';
import { DEFAULT_LAYOUT } from './layout-kind.ts';
import type { LayoutKind } from './layout-kind.ts';
import type { Shown, ShownEdge, ShownMap } from './shown.ts';
import { placed } from './steady.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface PlacedNode extends Point {
  /** Of the middle; `width` and `height` around it. */
  readonly shown: Shown;
  readonly width: number;
  readonly height: number;
}

export interface PlacedEdge {
  readonly edge: ShownEdge;
  /** From the side of one node to that of the other, past what stands between. */
  readonly points: readonly Point[];
}

export interface MapLayout {
  readonly kind: LayoutKind;
  readonly nodes: ReadonlyMap<string, PlacedNode>;
  readonly edges: readonly PlacedEdge[];
}

export const NODE = { width: 200, height: 48 } as const;

/** Room between columns, and between the nodes of one. */
interface Spacing {
  readonly gap: number;
  readonly rows: number;
}

const SPACING: Readonly<Record<LayoutKind, Spacing>> = {
  right: { gap: 84, rows: 14 },
  compact: { gap: 44, rows: 6 },
  down: { gap: 64, rows: 20 },
};

/** Relations that nodes are arranged by, those they were reached by first; more are drawn and arrange nothing. */
const MOST_ARRANGING = 240;
/** What stays where it is, and what was there before, against what is new. */
const FIXED = 1e9;
const OLD = 4;

interface LayoutWishes {
  readonly kind?: LayoutKind;
  /** What was drawn so far; of another kind it says nothing about where anything stands. */
  readonly before?: MapLayout | null;
  /** Key of what stays exactly where it was: what was expanded. */
  readonly anchor?: string;
}

export function layoutOf(
  map: ShownMap,
  { kind = DEFAULT_LAYOUT, before = null, anchor = '' }: LayoutWishes = {},
): MapLayout {
  const then = before?.kind === kind ? before : null;
  if (kind !== 'down') return inColumns(map, kind, then, anchor);
  return turned(inColumns(map, kind, then === null ? null : turned(then), anchor));
}

function inColumns(map: ShownMap, kind: LayoutKind, before: MapLayout | null, anchor: string): MapLayout {
  const spacing = SPACING[kind];
  const arranged = arrange(map, kind === 'down' ? turnedBox(NODE) : NODE, spacing);
  const nodes = before === null ? arranged : steadied(map, arranged, before, { anchor, spacing });
  return { kind, nodes, edges: routed(map.edges, nodes, spacing) };
}

/** Rows for columns, and columns for rows. */
function turned({ kind, nodes, edges }: MapLayout): MapLayout {
  return {
    kind,
    nodes: new Map(
      [...nodes].map(([key, node]) => [key, { ...node, ...turnedBox(node), ...turnedPoint(node) }]),
    ),
    edges: edges.map(({ edge, points }) => ({ edge, points: points.map(turnedPoint) })),
  };
}

interface Box {
  readonly width: number;
  readonly height: number;
}

function turnedBox({ width, height }: Box): Box {
  return { width: height, height: width };
}

function turnedPoint({ x, y }: Point): Point {
  return { x: y, y: x };
}

function arrange(
  { nodes, edges }: ShownMap,
  box: Box,
  { gap, rows }: Spacing,
): ReadonlyMap<string, PlacedNode> {
  const graph = new Graph<GraphLabel, NodeLabel, EdgeLabel>();
  graph.setGraph({ rankdir: 'LR', ranksep: gap, nodesep: rows, ranker: 'tight-tree' });
  for (const { key } of nodes) graph.setNode(key, { ...box });
  const arranged = arranging(nodes, edges);
  for (const { from, to, spreads } of arranged) if (spreads) graph.setEdge(from, to, { weight: 2 });
  const orderOf = orderAlong(graph);
  for (const { from, to, spreads } of arranged) {
    if (spreads || graph.hasEdge(from, to) || graph.hasEdge(to, from)) continue;
    const isAhead = (orderOf.get(from) ?? 0) <= (orderOf.get(to) ?? 0);
    graph.setEdge(...(isAhead ? ([from, to] as const) : ([to, from] as const)), { weight: 1 });
  }
  dagre(graph);
  const answer = new Map<string, PlacedNode>();
  for (const shown of nodes) {
    const { x = 0, y = 0 } = graph.node(shown.key);
    answer.set(shown.key, { shown, x, y, ...box });
  }
  return answer;
}

/**
 * What carries is before what hangs on it, and what is in a circle is at one place: a relation that no failure spreads
 * along is arranged by along this order, or it would make a circle and could turn round what carries.
 */
function orderAlong(graph: Graph<GraphLabel, NodeLabel, EdgeLabel>): ReadonlyMap<string, number> {
  const circles = graphlib.alg.tarjan(graph).toReversed();
  return new Map(circles.flatMap((keys, place) => keys.map((key) => [key, place])));
}

/** The edges that everything was reached by, and as many others as may be. */
function arranging(nodes: readonly Shown[], edges: readonly ShownEdge[]): readonly ShownEdge[] {
  if (edges.length <= MOST_ARRANGING) return edges;
  const ways = new Set(nodes.flatMap((each) => (each.kind === 'item' ? (wayTo(each) ?? []) : [])));
  const isWay = ({ relations }: ShownEdge): boolean => relations.some(({ id }) => ways.has(id));
  const first = edges.filter((edge) => isWay(edge) || edge.key.includes('fold|'));
  const others = edges.filter((edge) => !first.includes(edge));
  return [...first, ...others].slice(0, Math.max(first.length, MOST_ARRANGING));
}

function wayTo(each: Shown & { readonly kind: 'item' }): string | undefined {
  return each.reach.from?.relation.id;
}

/** The new arrangement moved to where the old one was: the anchor exactly, each other old node as near as there is room. */
function steadied(
  { nodes, edges }: ShownMap,
  arranged: ReadonlyMap<string, PlacedNode>,
  before: MapLayout,
  { anchor, spacing }: { readonly anchor: string; readonly spacing: Spacing },
): ReadonlyMap<string, PlacedNode> {
  const fixed = [anchor, ...nodes.map(({ key }) => key)].find(
    (key) => arranged.has(key) && before.nodes.has(key),
  );
  const [now, then] = [arranged.get(fixed ?? ''), before.nodes.get(fixed ?? '')];
  if (now === undefined || then === undefined) return arranged;
  const shift = { x: then.x - now.x, y: then.y - now.y };
  const wantedOf = wantedIn(nodes, edges, arranged, before, shift);
  const columns = new Map<number, PlacedNode[]>();
  for (const node of arranged.values()) {
    const column = columns.get(node.x);
    if (column === undefined) columns.set(node.x, [node]);
    else column.push(node);
  }
  const answer = new Map<string, PlacedNode>();
  for (const [x, column] of columns) {
    const entries = column
      .map(({ shown: { key }, height }) => {
        const weight = key === fixed ? FIXED : before.nodes.has(key) ? OLD : 1;
        return { key, height, wanted: wantedOf.get(key) ?? 0, weight };
      })
      .toSorted((a, b) => a.wanted - b.wanted);
    const middles = placed(entries, spacing.rows);
    for (const node of column) {
      const y = middles.get(node.shown.key) ?? node.y;
      answer.set(node.shown.key, { ...node, x: x + shift.x, y });
    }
  }
  return answer;
}

/** Old nodes want to stay; new ones stand to what they are related to as they do in the new arrangement. */
function wantedIn(
  nodes: readonly Shown[],
  edges: readonly ShownEdge[],
  arranged: ReadonlyMap<string, PlacedNode>,
  before: MapLayout,
  shift: Point,
): ReadonlyMap<string, number> {
  const wanted = new Map<string, number>();
  for (const { key } of nodes) {
    const then = before.nodes.get(key);
    if (then !== undefined) wanted.set(key, then.y);
  }
  for (const { key } of nodes) {
    const now = arranged.get(key);
    if (now === undefined || wanted.has(key)) continue;
    const neighbour = edges
      .filter(({ from, to }) => from === key || to === key)
      .map(({ from, to }) => (from === key ? to : from))
      .find((other) => wanted.has(other));
    const beside = arranged.get(neighbour ?? '');
    const middle = wanted.get(neighbour ?? '');
    wanted.set(
      key,
      beside === undefined || middle === undefined ? now.y + shift.y : middle + now.y - beside.y,
    );
  }
  return wanted;
}

function routed(
  edges: readonly ShownEdge[],
  nodes: ReadonlyMap<string, PlacedNode>,
  { rows }: Spacing,
): readonly PlacedEdge[] {
  const columns = [...Map.groupBy(nodes.values(), ({ x }) => x)].toSorted(([a], [b]) => a - b);
  return edges.flatMap((edge) => {
    const [from, to] = [nodes.get(edge.from), nodes.get(edge.to)];
    if (from === undefined || to === undefined) return [];
    return [{ edge, points: wayBetween(from, to, columns, rows) }];
  });
}

type Column = readonly [x: number, nodes: readonly PlacedNode[]];

function wayBetween(
  from: PlacedNode,
  to: PlacedNode,
  columns: readonly Column[],
  rows: number,
): readonly Point[] {
  const right = from.x <= to.x ? 1 : -1;
  const start = { x: from.x + (right * from.width) / 2, y: from.y };
  const end = { x: to.x - (right * to.width) / 2, y: to.y };
  const between = columns.filter(([x]) => x > Math.min(from.x, to.x) && x < Math.max(from.x, to.x));
  const points: Point[] = [start];
  for (const [x, column] of right === 1 ? between : between.toReversed()) {
    const share = (x - start.x) / (end.x - start.x);
    const y = gapNear(start.y + share * (end.y - start.y), column, rows);
    const half = (right * from.width) / 2;
    points.push({ x: x - half, y }, { x: x + half, y });
  }
  return [...points, end];
}

/** The height nearest to a wanted one that no node of the column is in the way of. */
function gapNear(wanted: number, column: readonly PlacedNode[], rows: number): number {
  const hit = column.find(({ y, height }) => Math.abs(wanted - y) < height / 2 + 2);
  if (hit === undefined) return wanted;
  const edge = hit.height / 2 + rows / 2;
  return wanted < hit.y ? hit.y - edge : hit.y + edge;
}

/** Through its points in curves that leave and arrive along the way of the layout, as the path of an SVG. */
export function pathOf(points: readonly Point[], kind: LayoutKind): string {
  const [first, ...rest] = kind === 'down' ? points.map(turnedPoint) : points;
  if (first === undefined) return '';
  const said = (x: number, y: number): string => {
    const [left, top] = kind === 'down' ? [y, x] : [x, y];
    return `${round(left)} ${round(top)}`;
  };
  let path = `M${said(first.x, first.y)}`;
  let at = first;
  for (const point of rest) {
    const middle = (at.x + point.x) / 2;
    path +=
      at.y === point.y
        ? `L${said(point.x, point.y)}`
        : `C${said(middle, at.y)} ${said(middle, point.y)} ${said(point.x, point.y)}`;
    at = point;
  }
  return path;
}

const round = (value: number): number => Math.round(value * 10) / 10;

export interface Bounds extends Box {
  readonly left: number;
  readonly top: number;
}

/** The room that all nodes take. */
export function boundsOf({ nodes }: MapLayout): Bounds {
  const all = [...nodes.values()];
  if (all.length === 0) return { left: 0, top: 0, width: 0, height: 0 };
  const left = Math.min(...all.map(({ x, width }) => x - width / 2));
  const top = Math.min(...all.map(({ y, height }) => y - height / 2));
  const right = Math.max(...all.map(({ x, width }) => x + width / 2));
  const bottom = Math.max(...all.map(({ y, height }) => y + height / 2));
  return { left, top, width: right - left, height: bottom - top };
}
