import { createRawSnippet } from 'svelte';
import { describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '#lib/styles/base.css';
import FormDialog from './FormDialog.svelte';
import { Unsent } from './unsent.svelte.ts';
import type { Leaving } from './unsent.svelte.ts';

const children = createRawSnippet(() => ({ render: () => '<input aria-label="Title" />' }));
const button = (name: string) => page.getByRole('button', { name });
const question = page.getByRole('group', { name: 'What you wrote is not sent yet.' });

async function open() {
  const given = { onclose: vi.fn(), onsubmit: vi.fn() };
  await render(FormDialog, { title: 'New problem', problem: null, answer: 'Open it', children, ...given });
  return given;
}

describe('a form in a dialog', () => {
  it('closes at once while nothing is written in it', async () => {
    const { onclose } = await open();
    await userEvent.keyboard('{Escape}');
    expect(onclose).toHaveBeenCalledOnce();
    await button('Cancel').click();
    expect(onclose).toHaveBeenCalledTimes(2);
  });

  it('asks before what was written is lost, and goes on at the next Esc', async () => {
    const { onclose } = await open();
    await userEvent.fill(page.getByLabelText('Title'), 'Mail waits');
    await userEvent.keyboard('{Escape}');
    await expect.element(question).toBeVisible();
    await expect.element(button('Go on writing')).toHaveFocus();
    await userEvent.keyboard('{Escape}');
    await expect.element(question).not.toBeInTheDocument();
    await expect.element(page.getByLabelText('Title')).toHaveFocus();
    await expect.element(page.getByLabelText('Title')).toHaveValue('Mail waits');
    await button('Cancel').click();
    await button('Go on writing').click();
    expect(onclose).not.toHaveBeenCalled();
    await button('Close').click();
    await button('Throw it away').click();
    expect(onclose).toHaveBeenCalledOnce();
  });

  it('sends without a question', async () => {
    const { onsubmit } = await open();
    await userEvent.fill(page.getByLabelText('Title'), 'Mail waits');
    await button('Open it').click();
    expect(onsubmit).toHaveBeenCalledOnce();
    await expect.element(question).not.toBeInTheDocument();
  });
});

describe('what is not sent', () => {
  const from = { url: new URL('https://desk.example/problem') };
  const leaving = (change: Partial<Leaving> = {}) => ({
    ...{ type: 'link', willUnload: false, from, to: { url: new URL('https://desk.example/desk') } },
    cancel: vi.fn(),
    ...change,
  });

  it('lets the page go while nothing is written', () => {
    const going = leaving();
    new Unsent().leaving(going);
    expect(going.cancel).not.toHaveBeenCalled();
  });

  it('holds a way within the app back until it is thrown away', () => {
    const unsent = new Unsent();
    unsent.written();
    const [back, link] = [leaving({ type: 'popstate', delta: -1 }), leaving()];
    unsent.leaving(back);
    expect(back.cancel).toHaveBeenCalledOnce();
    expect(unsent.throwAway()).toEqual({ steps: -1 });
    unsent.written();
    unsent.leaving(link);
    expect(unsent.isAsking).toBe(true);
    expect(unsent.throwAway()).toEqual({ url: link.to?.url, unloads: false });
    const again = leaving();
    unsent.leaving(again);
    expect(again.cancel).not.toHaveBeenCalled();
  });

  it('leaves the question of a tab that closes to the browser', () => {
    const unsent = new Unsent();
    unsent.written();
    const closing = leaving({ type: 'leave', willUnload: true, to: null });
    unsent.leaving(closing);
    expect(closing.cancel).toHaveBeenCalledOnce();
    expect(unsent.isAsking).toBe(false);
  });

  it('lets the page go on to what came of it once it is sent, and change its own address', () => {
    const unsent = new Unsent();
    unsent.written();
    const [own, made] = [leaving({ type: 'goto', to: from }), leaving({ type: 'goto' })];
    unsent.leaving(own);
    unsent.sent();
    unsent.leaving(made);
    expect(own.cancel).not.toHaveBeenCalled();
    expect(made.cancel).not.toHaveBeenCalled();
  });
});
