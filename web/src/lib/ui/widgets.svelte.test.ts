import { afterEach, describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '#lib/styles/base.css';
import CheckList from './CheckList.svelte';
import ClockRing from './ClockRing.svelte';
import Combobox from './Combobox.svelte';
import Kbd from './Kbd.svelte';
import PriorityGlyph from './PriorityGlyph.svelte';
import DialogTrial from './test-support/DialogTrial.svelte';
import MenuTrial from './test-support/MenuTrial.svelte';
import PopoverTrial from './test-support/PopoverTrial.svelte';
import SplitTrial from './test-support/SplitTrial.svelte';

afterEach(() => localStorage.clear());

describe('a dialog', () => {
  it('takes focus to its first field, keeps it inside, and gives it back', async () => {
    const screen = await render(DialogTrial);
    await userEvent.click(screen.getByRole('button', { name: 'Invite' }));
    await expect.element(screen.getByRole('dialog', { name: 'Invite somebody' })).toBeVisible();
    await expect.element(screen.getByLabelText('Email')).toHaveFocus();
    await userEvent.keyboard('{Tab}');
    await expect.element(screen.getByLabelText('Note')).toHaveFocus();
    for (const name of ['Cancel', 'Send', 'Close']) {
      await userEvent.keyboard('{Tab}');
      await expect.element(screen.getByRole('button', { name })).toHaveFocus();
    }
    await userEvent.keyboard('{Tab}');
    await expect.element(screen.getByLabelText('Email')).toHaveFocus();
    await userEvent.keyboard('{Escape}');
    await expect.element(screen.getByRole('button', { name: 'Invite' })).toHaveFocus();
  });

  it('leads to why it was refused, above what is scrolled to, at each try', async () => {
    const screen = await render(DialogTrial);
    await userEvent.click(screen.getByRole('button', { name: 'Invite' }));
    for (const _ of ['first', 'second']) {
      await userEvent.fill(screen.getByLabelText('Note'), 'Welcome');
      await userEvent.click(screen.getByRole('button', { name: 'Send' }));
      await expect.element(screen.getByRole('alert')).toHaveFocus();
      await expect.element(screen.getByRole('alert')).toBeInViewport();
    }
  });
});

describe('a menu', () => {
  it('opens, moves, skips what is disabled and chooses by keyboard', async () => {
    const chosen = vi.fn();
    const groups = [
      {
        items: [
          { label: 'Claim', onselect: () => chosen('claim') },
          { label: 'Merge', disabled: true, onselect: () => chosen('merge') },
        ],
      },
      { items: [{ label: 'Snooze', onselect: () => chosen('snooze') }] },
    ];
    const screen = await render(MenuTrial, { groups });
    screen.getByRole('button', { name: 'Actions' }).element().focus();
    await userEvent.keyboard('{Enter}');
    await expect.element(screen.getByRole('menuitem', { name: 'Claim' })).toHaveFocus();
    await userEvent.keyboard('{ArrowDown}');
    await expect.element(screen.getByRole('menuitem', { name: 'Snooze' })).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    expect(chosen.mock.calls).toEqual([['snooze']]);
    await expect.element(screen.getByRole('button', { name: 'Actions' })).toHaveFocus();
  });
});

it('keys are drawn one by one, and a plus is one of them', async () => {
  const capsOf = async (keys: string) => {
    const { container, unmount } = await render(Kbd, { keys });
    const caps = [...container.querySelectorAll('kbd')].map(({ textContent }) => textContent);
    await unmount();
    return caps;
  };
  expect(await capsOf('+')).toEqual(['+']);
  expect(await capsOf('Shift++')).toEqual([await capsOf('Shift+A').then(([shift]) => shift), '+']);
  expect(await capsOf('g q')).toEqual(['G', 'Q']);
});

describe('a popover', () => {
  it('gives the focus back to its trigger, the first time as well', async () => {
    const screen = await render(PopoverTrial);
    const trigger = screen.getByRole('button', { name: 'Views' });
    trigger.element().focus();
    for (const key of ['{Enter}', '{Escape}']) {
      await userEvent.keyboard('{Enter}');
      await expect.element(screen.getByRole('button', { name: 'Save' })).toHaveFocus();
      await userEvent.keyboard(key);
      await expect.element(screen.getByRole('dialog', { name: 'Views' })).not.toBeInTheDocument();
      await expect.element(trigger).toHaveFocus();
    }
  });
});

describe('a combobox', () => {
  const options = [
    { value: 'a', label: 'Ada Ferris', hint: 'ada@example.org' },
    { value: 'm', label: 'Mara Lind', hint: 'mara@example.org' },
    { value: 'o', label: 'Omar Lindqvist', hint: 'omar@example.org' },
  ];

  it('narrows down while typing and chooses by keyboard', async () => {
    const onselect = vi.fn();
    const screen = await render(Combobox, { label: 'Owner', options, onselect });
    await userEvent.click(screen.getByRole('combobox', { name: 'Owner' }));
    await userEvent.keyboard('lind');
    await expect.element(screen.getByRole('option', { name: /Ada/ })).not.toBeInTheDocument();
    await userEvent.keyboard('{ArrowDown}{Enter}');
    expect(onselect).toHaveBeenCalledWith('o');
    await expect.element(screen.getByRole('combobox', { name: 'Owner' })).toHaveValue('Omar Lindqvist');
  });

  it('says so when nothing fits, and says what is chosen again when it is left', async () => {
    const screen = await render(Combobox, { label: 'Owner', options, value: 'a' });
    const box = screen.getByRole('combobox', { name: 'Owner' });
    await userEvent.click(box);
    await userEvent.keyboard('nobody');
    await expect.element(screen.getByText('Nothing fits “nobody”.')).toBeVisible();
    await userEvent.keyboard('{Tab}');
    await expect.element(box).toHaveValue('Ada Ferris');
  });
});

describe('a split pane', () => {
  it('moves by arrows within its bounds and remembers the width', async () => {
    const screen = await render(SplitTrial);
    const handle = screen.getByRole('separator', { name: 'Width of the list' });
    await expect.element(handle).toHaveAttribute('aria-valuenow', '400');
    handle.element().focus();
    await userEvent.keyboard('{ArrowRight}');
    await expect.element(handle).toHaveAttribute('aria-valuenow', '416');
    await userEvent.keyboard('{Home}');
    await expect.element(handle).toHaveAttribute('aria-valuenow', '240');
    await screen.unmount();
    const again = await render(SplitTrial);
    await expect
      .element(again.getByRole('separator', { name: 'Width of the list' }))
      .toHaveAttribute('aria-valuenow', '240');
  });

  it('shows one pane where there is no room for two', async () => {
    const screen = await render(SplitTrial, { width: 390 });
    await expect.element(screen.getByText('the record')).toBeVisible();
    await expect.element(screen.getByText('the list')).not.toBeInTheDocument();
    await expect.element(screen.getByRole('separator')).not.toBeInTheDocument();
  });
});

describe('marks', () => {
  it('say in words what they say in colour', async () => {
    const priority = await render(PriorityGlyph, { priority: 1, compact: true });
    expect(priority.container.textContent).toContain('P1 Critical');
    const clock = await render(ClockRing, { state: 'breached', text: '2 h over' });
    expect(clock.container.textContent).toContain('overdue');
  });
});

describe('a list of ticks', () => {
  it('keeps the order of its options whatever order they are ticked in', async () => {
    const options = ['one', 'two', 'three'].map((value) => ({ value, label: value }));
    const props = $state({ legend: 'Scopes', options, value: [] as readonly string[] });
    const screen = await render(CheckList, {
      legend: 'Scopes',
      options,
      get value() {
        return props.value;
      },
      set value(next) {
        props.value = next;
      },
    });
    for (const name of ['three', 'one']) await userEvent.click(screen.getByRole('checkbox', { name }));
    expect(props.value).toEqual(['one', 'three']);
  });
});
