/** What a node of the map says, for whoever looks at it, reads it as a list or takes it along as a picture. */
import type { ItemClasses, RelationTypes } from '@muster/domain/configuration';
import type { ItemId } from '@muster/domain/shared';
import { itemStateWords } from '#lib/wording/configuration.ts';
import type { Look, MapTone } from './look.ts';
import type { Reach } from './reach.ts';
import type { Shown } from './shown.ts';

/** What is open on an item just now. */
export interface OpenWork {
  readonly incidents: number;
  readonly changes: number;
}

export interface MapNames {
  readonly classes: ItemClasses;
  readonly types: RelationTypes;
  item(id: ItemId): string;
  work(id: ItemId): OpenWork;
}

/** How a node is drawn beside its colour. */
export type Mark = 'down' | 'impact' | 'dependency' | 'both' | 'weakened' | 'held' | 'none';

export interface Face {
  readonly title: string;
  readonly detail: string;
  readonly tone: MapTone;
  readonly mark: Mark;
  /** The mark in a word; empty for none. */
  readonly word: string;
  readonly work: OpenWork;
}

/** A shape for each mark, so that none is told by colour alone. */
export const GLYPHS: Readonly<Record<Mark, string>> = {
  down: '✕',
  impact: '▼',
  dependency: '●',
  both: '◆',
  weakened: '◐',
  held: '■',
  none: '',
};

export const MARK_WORDS: Readonly<Record<Mark, string>> = {
  down: 'Down',
  impact: 'Impact',
  dependency: 'Dependency',
  both: 'Both',
  weakened: 'Weakened',
  held: 'Held',
  none: '',
};

/** What of a look is said first: what somebody did, then what falls, then what only just stands. */
export function markOf({ tone, marked, weakened, held }: Look): Mark {
  if (marked) return 'down';
  if (tone === 'impact' || tone === 'both') return tone;
  if (held) return 'held';
  if (weakened.length > 0) return 'weakened';
  return tone;
}

export function faceOf(shown: Shown, names: MapNames): Face {
  const mark = markOf(shown.look);
  const { tone } = shown.look;
  const word = wordOf(mark, shown.look);
  if (shown.kind === 'item') {
    const { class: className, state } = shown;
    const detail = [classWords(names, className), ...(state === 'in_service' ? [] : [itemStateWords(state)])];
    const title = names.item(shown.id);
    return { title, detail: detail.join(' · '), tone, mark, word, work: names.work(shown.id) };
  }
  const { members, state } = shown;
  const work = { incidents: 0, changes: 0 };
  for (const member of members) {
    const { incidents, changes } = names.work(member);
    work.incidents += incidents;
    work.changes += changes;
  }
  const about = state === 'in_service' ? [] : [itemStateWords(state)];
  const few = members.slice(0, 3).map((id) => names.item(id));
  const title = `${members.length} × ${classWords(names, shown.class)}`;
  return { title, detail: [...about, `${few.join(', ')} …`].join(' · '), tone, mark, word, work };
}

function wordOf(mark: Mark, { weakened, override }: Look): string {
  const [first] = weakened;
  if (mark === 'weakened' && first !== undefined)
    return `Weakened: ${first.up} of ${first.members} up, ${first.needed} needed`;
  if (mark === 'impact' && override === 'impacted') return 'Impact, as said';
  return MARK_WORDS[mark];
}

export function classWords({ classes }: Pick<MapNames, 'classes'>, id: string): string {
  return classes.get(id)?.name ?? id;
}

/** How an item is related to what it was reached by: 'Runs on db-1'. */
export function howWords(id: ItemId, from: Reach['from'], names: Pick<MapNames, 'types' | 'item'>): string {
  if (from === null) return '';
  const { relation } = from;
  const type = names.types.get(relation.type);
  const said = relation.from === id ? type?.name : type?.inverse;
  return `${said ?? relation.type} ${names.item(from.id)}`;
}

/** All that a node says, for whoever hears it. */
export function spokenFace({ title, detail, word, work }: Face, more: number): string {
  const open = [
    ...(work.incidents > 0
      ? [`${work.incidents} open ${work.incidents === 1 ? 'incident' : 'incidents'}`]
      : []),
    ...(work.changes > 0 ? [`${work.changes} open ${work.changes === 1 ? 'change' : 'changes'}`] : []),
  ];
  const hidden = more > 0 ? [`${more} more not shown`] : [];
  return [title, detail, ...(word === '' ? [] : [word]), ...open, ...hidden].join(', ');
}
