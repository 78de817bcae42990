/** What the palette finds beside tickets: kept in documents of its own, each opened when the palette is. */
import { isOverChange } from '@muster/domain/change';
import { isOverProblem } from '@muster/domain/problem';
import { isOverRelease } from '@muster/domain/release';
import type { Permission, RecordId } from '@muster/domain/shared';
import { whatIfOf } from '#lib/live/configuration/what-if.svelte.ts';
import type { Muster } from '#lib/live/muster.ts';
import { matchOptions } from '#lib/ui/match-options.ts';
import { changeStateWords } from '#lib/wording/changes.ts';
import { KNOWLEDGE_STATE_WORDS } from '#lib/wording/knowledge.ts';
import { PROBLEM_STATE_WORDS } from '#lib/wording/problem-words.ts';
import { RELEASE_STATE_WORDS } from '#lib/wording/releases.ts';

export interface SourceRow {
  readonly id: string;
  readonly href: string;
  /** Left out where nobody goes by it. */
  readonly number?: string;
  readonly title: string;
  readonly meta: string;
  /** Done in place of going there. */
  readonly run?: () => void;
}

/** What fits the words, the best first and at most so many. Subscribes to what it looks through. */
export type Finder = (words: string, most: number) => readonly SourceRow[];

export interface PaletteSource {
  readonly heading: string;
  readonly permission: Permission;
  /** @throws without a network before it was fetched once */
  open(muster: Muster): Promise<Finder>;
}

export const PALETTE_SOURCES: readonly PaletteSource[] = [
  {
    heading: 'Changes',
    permission: 'change.read',
    open: async (muster) =>
      byNumberOrWords(await muster.openChanges(), {
        path: '/change',
        isOver: isOverChange,
        hint: () => 'change',
        meta: ({ state }) => changeStateWords(state),
      }),
  },
  {
    heading: 'Releases',
    permission: 'release.read',
    open: async (muster) =>
      byNumberOrWords(await muster.openReleases(), {
        path: '/release',
        isOver: isOverRelease,
        hint: ({ label }) => `release ${label}`,
        meta: ({ state }) => RELEASE_STATE_WORDS[state],
      }),
  },
  {
    heading: 'Problems',
    permission: 'problem.read',
    open: async (muster) =>
      byNumberOrWords(await muster.openProblems(), {
        path: '/problem',
        isOver: isOverProblem,
        hint: () => 'problem',
        meta: ({ state }) => PROBLEM_STATE_WORDS[state],
      }),
  },
  { heading: 'Knowledge', permission: 'problem.read', open: findKnown },
  { heading: 'Configuration', permission: 'configuration.read', open: findConfigured },
  { heading: 'What if', permission: 'configuration.read', open: findSupposed },
];

interface Numbered {
  readonly id: RecordId;
  readonly number: string | null;
  readonly token: string;
  readonly title: string;
}

interface LiveNumbered<Row> {
  readonly all: readonly Row[];
  get(id: RecordId): Row | undefined;
  find(reference: string): RecordId | undefined;
}

interface Telling<Row> {
  readonly path: string;
  readonly isOver: (row: Row) => boolean;
  /** Words that it is found by beside its number and title. */
  readonly hint: (row: Row) => string;
  readonly meta: (row: Row) => string;
}

/** The one whose number was typed comes first, then what is not over, the newest first: only a few are shown. */
function byNumberOrWords<Row extends Numbered>(
  live: LiveNumbered<Row>,
  { path, isOver, hint, meta }: Telling<Row>,
): Finder {
  return (words, most) => {
    const id = live.find(words.trim());
    const named = id === undefined ? undefined : live.get(id);
    const ordered = live.all.toSorted(
      (a, b) => Number(isOver(a)) - Number(isOver(b)) || (a.id > b.id ? -1 : 1),
    );
    const options = ordered.map((row) => ({
      ...{ row, label: row.title, hint: `${row.number ?? row.token} ${hint(row)}` },
    }));
    const fitting = matchOptions(options, words).map(({ row }) => row);
    return [...(named === undefined ? [] : [named]), ...fitting.filter((row) => row.id !== named?.id)]
      .slice(0, most)
      .map((row) => ({
        id: row.id,
        href: `${path}/${row.id}`,
        number: row.number ?? row.token,
        title: row.title,
        meta: meta(row),
      }));
  };
}

async function findKnown(muster: Muster): Promise<Finder> {
  const known = await muster.openKnownErrors();
  return (words, most) =>
    known
      .search(words)
      .slice(0, most)
      .flatMap((id) => known.get(id) ?? [])
      .map(({ id, title, state }) => ({
        id,
        href: `/problem/knowledge/${id}`,
        title,
        meta: KNOWLEDGE_STATE_WORDS[state],
      }));
}

/** Items and services, each by its place on the map. */
async function findConfigured(muster: Muster): Promise<Finder> {
  const configuration = await muster.openConfiguration();
  return (words, most) => {
    // what is looked through changes in place
    void configuration.revision;
    return configuration.search(words, most).map((id) => {
      const item = configuration.itemOf(id);
      return {
        id,
        href: `/configuration/map?item=${id}`,
        ...(item !== undefined && item.number !== null && { number: item.number }),
        title: configuration.nameOf(id),
        meta: item === undefined ? 'Service' : (configuration.classes.get(item.class)?.name ?? item.class),
      };
    });
  };
}

const ASKS = /^what if\s+(?:the\s+)?(.*?)(?:\s+(?:were|was|is)(?:\s+down)?)?\??$/i;

/** "what if db-1": supposes it to be down where one is, or takes that back. */
async function findSupposed(muster: Muster): Promise<Finder> {
  const configuration = await muster.openConfiguration();
  return (words, most) => {
    void configuration.revision;
    const asked = ASKS.exec(words.trim())?.[1]?.trim() ?? '';
    const whatIf = whatIfOf(muster);
    return (asked === '' ? [] : configuration.search(asked, most)).map((id) => {
      const name = configuration.nameOf(id);
      const isDown = whatIf.supposes([id]);
      return {
        id,
        href: `/configuration/map?item=${id}`,
        title: isDown ? `${name} is not supposed to be down any more` : `What if ${name} were down?`,
        meta: '',
        run: () => whatIfOf(muster).toggle(id),
      };
    });
  };
}
