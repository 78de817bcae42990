import { afterEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { personId, recordId } from '@muster/domain/shared';
import type { Call, RecordId } from '@muster/domain/shared';
import type { AnnouncementRow, AttentionItem } from '#lib/live/muster.ts';
import { NOW, makeDirectory, makeRow } from '#lib/ticket/test-support/tickets.ts';
import { Announcer } from '#lib/ui/announcer.svelte.ts';
import '#lib/styles/base.css';
import Toaster from '#lib/ui/Toaster.svelte';
import AttentionTray from './AttentionTray.svelte';
import InboxPanel from './InboxPanel.svelte';
import CommandPalette from './CommandPalette.svelte';
import NoticeWatch from './NoticeWatch.svelte';
import SavingState from './SavingState.svelte';
import { WORK_PLACES } from './places.ts';
import ShellTrial from './test-support/ShellTrial.svelte';
import { ShellMuster } from './test-support/shell-muster.svelte.ts';

afterEach(() => localStorage.clear());

const printer = makeRow(1, { number: 'INC-2026-00042', title: 'Printer on floor 3 is jammed' });
const tunnel = makeRow(2, { number: 'INC-2026-00043', title: 'VPN asks for the password again' });

/** What comes by one document after another. */
class Noticed extends ShellMuster {
  rows = $state.raw<readonly AnnouncementRow[]>([]);
  override get announcements() {
    return { ...super.announcements, all: this.rows, mine: this.rows };
  }
}

describe('news of announcements', () => {
  const announced = (id: string, at: number): AnnouncementRow => ({
    ...{ id: recordId(id), version: 2, revision: 1, revisedAt: at, state: 'in_progress', pending: 0 },
    ...{ kind: 'outage', title: `About ${id}`, message: '', services: [], audience: [], public: false },
    ...{ beginsAt: null, endsAt: null, madeBy: personId('p1'), madeAt: at, updatedAt: at, publishedAt: at },
    ...{
      startedAt: at,
      endedAt: null,
      updates: [],
      told: [{ notice: 'publication', revision: 1, at, before: null }],
    },
  });

  it('are told each once, in whatever order their documents come', async () => {
    const muster = new Noticed();
    localStorage.setItem(`muster:heard:${muster.me.person.id}`, String(NOW - 10_000));
    const told = vi.spyOn(Announcer.prototype, 'say');
    await render(ShellTrial, { muster, part: NoticeWatch, given: { ongo: vi.fn() } });
    const late = announced('everybody', NOW - 1_000);
    muster.rows = [late];
    await expect.poll(() => told.mock.calls.length).toBe(1);
    muster.rows = [late, announced('team', NOW - 2_000)];
    await expect.poll(() => told.mock.calls.length).toBe(2);
    expect(told.mock.calls.map(([words]) => words.replace(/^.*: /, ''))).toEqual([
      'About everybody',
      'About team',
    ]);
    expect(localStorage.getItem(`muster:heard:${muster.me.person.id}`)).toBe(String(NOW - 1_000));
    told.mockRestore();
  });
});

describe('the command palette', () => {
  async function open(acts: { label: string; run: () => void }[] = []) {
    const ongo = vi.fn();
    const muster = new ShellMuster({ rows: [printer, tunnel] });
    const given = {
      open: true,
      onopenchange: vi.fn(),
      places: WORK_PLACES,
      ongo,
      request: () => new Promise(() => undefined),
    };
    await render(ShellTrial, { muster, part: CommandPalette, given, acts });
    await expect.element(page.getByPlaceholder(/A number/)).toHaveFocus();
    return { ongo };
  }

  it('jumps to a record by its number', async () => {
    const { ongo } = await open();
    await userEvent.keyboard('INC-2026-00043');
    await expect.element(page.getByRole('option', { name: /VPN/ })).toHaveAttribute('aria-selected', 'true');
    await userEvent.keyboard('{Enter}');
    expect(ongo).toHaveBeenCalledWith(`/record/${tunnel.id}`);
  });

  it('finds records by words of the title without asking a server', async () => {
    const { ongo } = await open();
    await userEvent.keyboard('jammed prin');
    await expect.element(page.getByRole('option', { name: /VPN/ })).not.toBeInTheDocument();
    await userEvent.keyboard('{Enter}');
    expect(ongo).toHaveBeenCalledWith(`/record/${printer.id}`);
  });

  it('opens pages and runs what can be done here', async () => {
    const run = vi.fn();
    const { ongo } = await open([{ label: 'Snooze until tomorrow', run }]);
    await userEvent.keyboard('snooze{Enter}');
    await expect.poll(() => run.mock.calls.length).toBe(1);
    expect(ongo).not.toHaveBeenCalled();
  });
});

describe('the inbox', () => {
  async function openCalled(number: string, online: boolean) {
    const [me] = [...makeDirectory().people.values()];
    const called: Call = {
      ...{ id: 1, state: 'calling', team: null, name: 'Night', cause: 'hand', by: personId('x'), at: NOW },
      steps: [{ kind: 'wait', minutes: 5 }],
      repeats: 0,
      taken: [{ round: 0, step: 0, at: NOW, people: [me?.id ?? personId('')] }],
      endedBy: null,
      endedAt: null,
    };
    const row = makeRow(3, { number, state: 'in_progress', owner: null, calls: [called] });
    const muster = new ShellMuster({ rows: [row] });
    muster.online = online;
    muster.facts.connection = online ? 'live' : 'offline';
    const detail = { team: null, name: 'Night', cause: 'major' };
    muster.putInbox([{ id: 'one', at: NOW, kind: 'called', record: row.id, detail, read: false }]);
    await render(ShellTrial, { muster, part: InboxPanel, given: { open: true, onopenchange: vi.fn() } });
    return { muster, row };
  }

  it('[DSK-156] lets whoever is called say “I have it” in place, while that still ends the call', async () => {
    const { muster, row } = await openCalled('INC-2026-00044', true);
    await expect.element(page.getByText('You are called: it is a major incident')).toBeVisible();
    const answer = page.getByRole('button', { name: 'I have it: INC-2026-00044' });
    await userEvent.click(answer);
    await expect.element(answer).not.toBeInTheDocument();
    expect(muster.tickets.get(row.id)?.calls).toMatchObject([{ state: 'acknowledged' }]);
    expect(muster.inbox.unread).toBe(0);
  });

  it('[DSK-156] says that others are called until the server has the answer', async () => {
    const { muster } = await openCalled('INC-2026-00045', false);
    await render(Toaster);
    await userEvent.click(page.getByRole('button', { name: 'I have it: INC-2026-00045' }));
    await expect
      .element(page.getByText(/sent when you are back; until then others are called/))
      .toBeVisible();
    expect(page.getByText(/00045: you have it; nobody else is called/).elements()).toEqual([]);
    muster.goOnline();
    await expect.element(page.getByText(/00045: you have it; nobody else is called/)).toBeVisible();
  });
});

describe('the attention tray', () => {
  const [mara] = [...makeDirectory().people.values()].slice(1);
  const lost = (id: string, more: Partial<AttentionItem> = {}): AttentionItem => ({
    id,
    at: NOW,
    kind: 'refused',
    record: printer.id,
    process: 'incident',
    act: { verb: 'reply', text: 'We are on it' },
    detail: { code: 'incident/not-open', state: 'closed', mergedInto: null },
    kept: 'We are on it',
    ...more,
  });

  async function open(items: readonly AttentionItem[]) {
    const muster = new ShellMuster({ rows: [printer, tunnel] });
    muster.attentionItems = items;
    await render(ShellTrial, { muster, part: AttentionTray, given: { open: true, onopenchange: vi.fn() } });
    return muster;
  }

  it('tells what was wanted and why it was refused, and keeps what was written', async () => {
    await open([lost('one')]);
    await expect.element(page.getByRole('heading', { name: 'You wanted to send a reply' })).toBeVisible();
    await expect.element(page.getByText('It is closed now.')).toBeVisible();
    await expect.element(page.getByText('We are on it')).toBeVisible();
  });

  it('does it again, moves and dismisses by keyboard', async () => {
    const muster = await open([lost('one'), lost('two'), lost('three')]);
    page.getByRole('listitem').first().element().focus();
    await userEvent.keyboard('j');
    await expect.element(page.getByRole('listitem').nth(1)).toHaveFocus();
    await userEvent.keyboard('r');
    expect(muster.againAsked).toEqual(['two']);
    page.getByRole('listitem').first().element().focus();
    await userEvent.keyboard('x');
    expect(muster.attentionItems.map(({ id }) => id)).toEqual(['three']);
  });

  it('leads to a problem of which something was replaced, and puts it back with one key', async () => {
    const told = { kind: 'replaced', process: 'problem', record: recordId('P1'), act: null } as const;
    const detail = { field: 'workaround', value: 'Turn it off', with: '', by: mara?.id, at: NOW };
    const muster = await open([
      lost('one', { ...told, detail, problem: { verb: 'edit', fields: { workaround: 'Turn it off' } } }),
      lost('two', { ...told, detail: { ...detail, field: 'cause' } }),
    ]);
    await expect
      .element(page.getByRole('link', { name: 'The problem' }).first())
      .toHaveAttribute('href', '/problem/P1');
    // a cause is added again where the others are
    expect(page.getByRole('button', { name: 'Put mine back' }).elements()).toHaveLength(1);
    page.getByRole('listitem').first().element().focus();
    await userEvent.keyboard('r');
    expect(muster.againAsked).toEqual(['one']);
  });

  it('offers to share the work when a claim came second', async () => {
    const at = NOW - 60_000;
    const detail = { code: 'incident/already-claimed', owner: mara?.id ?? personId('nobody'), at };
    const muster = await open([lost('one', { act: { verb: 'claim' }, detail, kept: null })]);
    await expect.element(page.getByText(`${mara?.name ?? ''} claimed it at`, { exact: false })).toBeVisible();
    await userEvent.click(page.getByRole('button', { name: 'Work on it together' }));
    expect(muster.sent).toEqual([
      { process: 'incident', target: printer.id as RecordId, act: { verb: 'co-own' } },
    ]);
    expect(muster.attentionItems).toEqual([]);
  });
});

describe('the state of saving', () => {
  it('is read out with what waits, tells the story and tries again', async () => {
    const muster = new ShellMuster();
    await render(ShellTrial, { muster, part: SavingState, given: {} });
    await expect.element(page.getByRole('button', { name: 'Saved' })).toBeVisible();
    muster.facts = {
      ...muster.facts,
      state: 'on-this-device',
      connection: 'offline',
      offlineSince: NOW,
      waiting: 3,
    };
    const button = page.getByRole('button', { name: /On this device.*offline since.*3 waiting/ });
    await expect.element(button).toBeInTheDocument();
    await userEvent.click(button);
    await expect.element(page.getByText('3 changes wait for the server.')).toBeVisible();
    await userEvent.click(page.getByRole('button', { name: 'Try now' }));
    expect(muster.retries).toBe(1);
  });
});
