import { flushSync } from 'svelte';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { FixtureMuster } from '../test-support/fixture-muster.svelte.ts';
import QueueStage from '../test-support/QueueStage.svelte';
import { makeRow } from '../test-support/tickets.ts';
import type { TicketRow } from '#lib/live/muster.ts';

const TITLES = ['Alpha', 'Bravo', 'Charlie', 'Delta', 'Echo'];

/** Five incidents, the oldest first, each one minute younger. */
function fiveRows(): TicketRow[] {
  return TITLES.map((title, index) => makeRow(index, { title, createdAt: 1_000_000 + index * 60_000 }));
}

async function openQueue(options: { query?: string; rows?: TicketRow[]; muster?: FixtureMuster } = {}) {
  const muster = options.muster ?? new FixtureMuster({ rows: options.rows ?? fiveRows() });
  const screen = await render(QueueStage, { muster, query: options.query ?? '' });
  const grid = screen.getByRole('grid');
  (grid.element() as HTMLElement).focus();
  return { muster, screen, grid };
}

/** What the grid names as its active row. */
function activeLabel(): string {
  const id = document.querySelector('[role=grid]')?.getAttribute('aria-activedescendant') ?? '';
  return document.getElementById(id)?.getAttribute('aria-label') ?? '';
}

function activeTitle(): string {
  return TITLES.find((title) => activeLabel().includes(title)) ?? '';
}

function shownTitles(): string[] {
  const labels = [...document.querySelectorAll('[role=row][data-record]')].map(
    (row) => row.getAttribute('aria-label') ?? '',
  );
  return labels.map((label) => [...TITLES, 'Foxtrot'].find((title) => label.includes(title)) ?? label);
}

beforeEach(() => page.viewport(1300, 760));
afterEach(() => localStorage.clear());

describe('the keyboard in the queue', () => {
  test('j, k and the arrows move the active row, Home and End go to the ends', async () => {
    await openQueue();
    expect(activeTitle()).toBe('Alpha');
    await userEvent.keyboard('jj{ArrowDown}');
    await expect.poll(activeTitle).toBe('Delta');
    await userEvent.keyboard('k{ArrowUp}');
    await expect.poll(activeTitle).toBe('Bravo');
    await userEvent.keyboard('{End}');
    await expect.poll(activeTitle).toBe('Echo');
    await userEvent.keyboard('{Home}');
    await expect.poll(activeTitle).toBe('Alpha');
  });

  test('x chooses, Shift with an arrow chooses a range, Escape chooses none', async () => {
    const { screen } = await openQueue();
    await userEvent.keyboard('x');
    await expect.element(screen.getByText('1 chosen')).toBeVisible();
    await userEvent.keyboard('{Shift>}{ArrowDown}{ArrowDown}{/Shift}');
    await expect.element(screen.getByText('3 chosen')).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await expect.element(screen.getByText('3 chosen')).not.toBeInTheDocument();
  });

  test('is in the record that the address names, and about its row where it is in the list', async () => {
    const rows = fiveRows();
    const muster = new FixtureMuster({ rows });
    const screen = await render(QueueStage, { muster, opened: rows[2]?.id ?? null });
    await expect.poll(() => document.activeElement?.textContent).toContain('Open: Charlie');
    await expect.poll(activeTitle).toBe('Charlie');
    (screen.getByRole('grid').element() as HTMLElement).focus();
    await userEvent.keyboard('j');
    await expect.poll(activeTitle).toBe('Delta');
  });

  test('Space looks into the row beside the list and keeps the keys there; Enter goes into it, Escape back', async () => {
    const { screen, grid } = await openQueue();
    await userEvent.keyboard(' ');
    await expect.element(screen.getByText('Open: Alpha')).toBeVisible();
    await userEvent.keyboard('j');
    await expect.element(screen.getByText('Open: Bravo')).toBeVisible();
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => document.activeElement?.textContent).toContain('Open: Bravo');
    (screen.getByRole('button', { name: 'Back' }).element() as HTMLElement).focus();
    await userEvent.keyboard('j');
    await expect.element(screen.getByText('Open: Bravo')).toBeVisible();
    (grid.element() as HTMLElement).focus();
    await userEvent.keyboard('{Escape}');
    await expect.element(screen.getByText('Open: Bravo')).not.toBeInTheDocument();
  });

  test('m claims the active row at once, z takes it back', async () => {
    const { muster } = await openQueue();
    const first = muster.tickets.all()[0];
    await userEvent.keyboard('m');
    await expect.poll(() => first && muster.tickets.get(first.id)?.owner).toBe(muster.me.person.id);
    await userEvent.keyboard('z');
    await expect.poll(() => first && muster.tickets.get(first.id)?.owner).toBe(null);
  });

  test('a, s, p, l and h ask what to change for all chosen rows', async () => {
    const { screen } = await openQueue();
    await userEvent.keyboard('xjx');
    for (const [key, title] of [
      ['a', 'Assign'],
      ['s', 'Change state'],
      ['p', 'Set priority'],
      ['l', 'Tags'],
      ['h', 'Snooze'],
    ] as const) {
      await userEvent.keyboard(key);
      await expect.element(screen.getByRole('dialog', { name: title })).toBeVisible();
      await expect.element(screen.getByText('2 records')).toBeVisible();
      await userEvent.keyboard('{Escape}');
      await expect.element(screen.getByRole('dialog')).not.toBeInTheDocument();
    }
  });
});

const many = Array.from({ length: 200 }, (_, index) =>
  makeRow(index, { title: `Row ${index + 1}.`, createdAt: 1_000_000 + index }),
);

describe('the list beside a record', () => {
  const isShown = (title: string) =>
    [...document.querySelectorAll('[data-record]')].some((row) => {
      const { top, bottom } = row.getBoundingClientRect();
      return (
        (row.getAttribute('aria-label') ?? '').includes(title) && top >= 0 && bottom <= 760 && bottom > top
      );
    });

  test('keeps its place when a record opens and closes', async () => {
    const { screen } = await openQueue({ rows: many });
    for (let page = 0; page < 8; page += 1) await userEvent.keyboard('{PageDown}');
    await expect.poll(activeLabel).toMatch(/Row 1\d\d\./);
    const row = /Row \d+\./.exec(activeLabel())?.[0] ?? '';
    await userEvent.keyboard('{Enter}');
    await expect.element(screen.getByText(`Open: ${row}`)).toBeVisible();
    await expect.poll(() => isShown(row)).toBe(true);
    await screen.getByRole('button', { name: 'Back' }).click();
    await expect.element(screen.getByText(`Open: ${row}`)).not.toBeInTheDocument();
    await expect.poll(() => isShown(row)).toBe(true);
    await expect.poll(() => document.activeElement?.getAttribute('role')).toBe('grid');
  });
});

describe('the mouse in the queue', () => {
  const titleAt = (x: number, y: number) => {
    const row = document.elementFromPoint(x, y)?.closest('[data-record]');
    return /Row \d+\./.exec(row?.getAttribute('aria-label') ?? '')?.[0];
  };

  test('opens the row under it also while the list scrolls', async () => {
    const { screen, grid } = await openQueue({ rows: many });
    const { left, top, width } = grid.element().getBoundingClientRect();
    const [x, y] = [left + width / 2, top + 250];
    await expect.poll(() => titleAt(x, y)).toBeDefined();
    const atRest = titleAt(x, y);
    const list = grid.element().querySelector('[role=rowgroup] > *');
    const scrolled = new Promise((resolve) => list?.addEventListener('scroll', resolve, { once: true }));
    list?.scrollBy(0, 150);
    await scrolled;
    flushSync();
    const title = titleAt(x, y);
    expect(title).toBeDefined();
    expect(title).not.toBe(atRest);
    (document.elementFromPoint(x, y) as HTMLElement).click();
    await expect.element(screen.getByText(`Open: ${title}`)).toBeVisible();
  });
});

describe('the live list', () => {
  test('the rows of a board that opens later belong to the list at once, and none waits behind the pill', async () => {
    const { muster, screen } = await openQueue();
    await expect.poll(shownTitles).toEqual(TITLES);
    muster.openBoard([makeRow(7, { title: 'Foxtrot', createdAt: 2_000_000 })]);
    await expect.poll(shownTitles).toContain('Foxtrot');
    await expect.element(screen.getByRole('button', { name: '1 new' })).not.toBeInTheDocument();
  });

  test('a new row waits behind the pill, and nothing shown moves until it is pressed', async () => {
    const { muster, screen } = await openQueue({ query: 'state:open' });
    await expect.poll(shownTitles).toEqual(TITLES);
    muster.put(makeRow(9, { title: 'Foxtrot', priority: 1 }));
    const pill = screen.getByRole('button', { name: '1 new' });
    await expect.element(pill).toBeVisible();
    expect(shownTitles()).toEqual(TITLES);
    await pill.click();
    await expect.poll(shownTitles).toEqual(['Foxtrot', ...TITLES]);
  });

  test('a row that no longer fits fades in its place and goes with the next refresh', async () => {
    const { muster } = await openQueue({ query: 'state:open' });
    await expect.poll(shownTitles).toEqual(TITLES);
    const bravo = muster.tickets.all()[1];
    if (bravo) muster.put({ ...bravo, state: 'closed', version: 2 });
    await expect
      .poll(() => document.querySelector('.leaving')?.getAttribute('aria-label'))
      .toContain('no longer fits');
    expect(shownTitles()).toEqual(TITLES);
    await userEvent.keyboard('u');
    await expect.poll(shownTitles).toEqual(['Alpha', 'Charlie', 'Delta', 'Echo']);
  });

  test('a change of a row shows in place', async () => {
    const { muster } = await openQueue();
    const alpha = muster.tickets.all()[0];
    if (alpha) muster.put({ ...alpha, title: 'Alpha, and worse', priority: 5, version: 2 });
    await expect
      .poll(() => document.querySelector('[data-record]')?.textContent)
      .toContain('Alpha, and worse');
    expect(shownTitles()[0]).toBe('Alpha');
  });

  test('a mistake in the filter is named and the rest still filters', async () => {
    const { screen } = await openQueue({ query: 'prioritty:1 bravo' });
    await expect
      .element(screen.getByText('There is no field “prioritty”. Did you mean “priority:”?'))
      .toBeVisible();
    expect(shownTitles()).toEqual(['Bravo']);
  });
});

describe('a change to many', () => {
  test('says beforehand how many it fits, shows each result, and is taken back as a whole', async () => {
    const rows = fiveRows().map((row, index) => (index === 4 ? { ...row, state: 'closed' } : row));
    const { muster, screen } = await openQueue({ rows });
    await userEvent.keyboard('{Control>}a{/Control}');
    await expect.element(screen.getByText('5 chosen')).toBeVisible();
    await userEvent.keyboard('l');
    await userEvent.fill(screen.getByRole('combobox', { name: /^Add/ }), 'audit');
    await expect.element(screen.getByText('4 of 5 will change.')).toBeVisible();
    await screen.getByRole('button', { name: 'Change 4' }).click();
    const tagged = () => muster.tickets.all().filter((row) => row.tags.includes('audit')).length;
    await expect.poll(tagged).toBe(4);
    await expect.element(screen.getByText('1 refused')).toBeVisible();
    await screen.getByRole('button', { name: 'Undo all' }).click();
    await expect.poll(tagged).toBe(0);
  });
});

describe('the grid for screen readers', () => {
  test('has one stop, counts its rows, and names each with what matters', async () => {
    const { grid } = await openQueue();
    const element = grid.element();
    expect(element.getAttribute('aria-rowcount')).toBe('6');
    expect(element.getAttribute('aria-multiselectable')).toBe('true');
    expect(element.querySelectorAll('[tabindex="0"]')).toHaveLength(0);
    const first = element.querySelector('[data-record]');
    expect(first?.getAttribute('aria-label')).toMatch(
      /^INC-2026-00001, Alpha, priority Moderate, New, .*no owner/,
    );
    expect(first?.getAttribute('aria-selected')).toBe('false');
  });
});
