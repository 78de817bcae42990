import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Shortcuts } from './shortcuts.svelte.ts';
import type { Act } from './shortcuts.svelte.ts';

let shortcuts: Shortcuts;
let done: string[];

beforeEach(() => {
  localStorage.clear();
  shortcuts = new Shortcuts();
  done = [];
  window.addEventListener('keydown', shortcuts.handle);
});

afterEach(() => {
  window.removeEventListener('keydown', shortcuts.handle);
  document.body.replaceChildren();
});

const act = (keys: string | string[], label: string, more: Partial<Act> = {}): Act => ({
  keys,
  label,
  run: () => done.push(label),
  ...more,
});

function press(key: string, init: KeyboardEventInit = {}, target: EventTarget = document.body): void {
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init }));
}

describe('shortcuts', () => {
  it('runs an act by its key, and by any of several', () => {
    shortcuts.register('Queue', () => [act(['j', 'ArrowDown'], 'next'), act('Shift+A', 'assign')]);
    press('j');
    press('ArrowDown');
    press('A', { shiftKey: true });
    expect(done).toEqual(['next', 'next', 'assign']);
  });

  it('takes a chord step by step and does not take its second step alone', () => {
    shortcuts.register('Everywhere', () => [act('g q', 'queue'), act('g i', 'incidents')]);
    press('q');
    press('g');
    press('i');
    press('i');
    expect(done).toEqual(['incidents']);
  });

  it('lets the screen that came last answer first, and hands back when it goes', () => {
    shortcuts.register('Everywhere', () => [act('a', 'inbox')]);
    const leave = shortcuts.register('Queue', () => [act('a', 'assign')]);
    press('a');
    leave();
    press('a');
    expect(done).toEqual(['assign', 'inbox']);
    expect(shortcuts.groups.map(({ context }) => context)).toEqual(['Everywhere']);
  });

  it('tells each context once, whoever adds to it', () => {
    shortcuts.register('Everywhere', () => [act('a', 'inbox')]);
    shortcuts.register('Queue', () => [act('b', 'assign')]);
    shortcuts.register('Everywhere', () => [act('c', 'declare')]);
    const told = shortcuts.groups.map(({ context, acts }) => [context, acts.map(({ label }) => label)]);
    expect(told).toEqual([
      ['Queue', ['assign']],
      ['Everywhere', ['inbox', 'declare']],
    ]);
  });

  it('passes a key on when the act makes no sense now', () => {
    shortcuts.register('Everywhere', () => [act('x', 'outer')]);
    shortcuts.register('Queue', () => [act('x', 'inner', { when: () => false })]);
    press('x');
    expect(done).toEqual(['outer']);
  });

  it('leaves letters to whoever is typing, but not the palette key', () => {
    shortcuts.register('Everywhere', () => [act('n', 'new'), act('Mod+K', 'palette', { whileTyping: true })]);
    const field = document.body.appendChild(document.createElement('input'));
    press('n', {}, field);
    press('k', { ctrlKey: true }, field);
    expect(done).toEqual(['palette']);
  });

  it('turns single keys off, keeps keys with Mod, and remembers it', () => {
    shortcuts.register('Everywhere', () => [
      act('?', 'sheet'),
      act('Mod+K', 'palette', { whileTyping: true }),
    ]);
    shortcuts.setSingleKeys(false);
    press('?', { shiftKey: true });
    press('k', { metaKey: true });
    expect(done).toEqual(['palette']);
    expect(new Shortcuts().singleKeys).toBe(false);
  });

  it('does not answer a key that somebody handled', () => {
    shortcuts.register('Everywhere', () => [act('Escape', 'close')]);
    const menu = document.body.appendChild(document.createElement('div'));
    menu.addEventListener('keydown', (event) => event.preventDefault());
    press('Escape', {}, menu);
    expect(done).toEqual([]);
  });

  it('leaves the page alone while a dialog lies over it, but for acts that work while typing', () => {
    shortcuts.register('Record', () => [act('m', 'claim'), act('Mod+K', 'palette', { whileTyping: true })]);
    const dialog = document.createElement('div');
    dialog.setAttribute('role', 'dialog');
    const button = dialog.appendChild(document.createElement('button'));
    document.body.append(dialog);
    press('m', {}, button);
    press('k', { ctrlKey: true }, button);
    expect(done).toEqual(['palette']);
  });

  it('acts on nothing while a part of the page is on its way', () => {
    shortcuts.register('Record', () => [act('m', 'claim')]);
    const wake = shortcuts.rest();
    press('m');
    wake();
    expect(done).toEqual([]);
    press('m');
    expect(done).toEqual(['claim']);
  });
});
