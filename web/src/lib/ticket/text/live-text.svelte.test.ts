import { afterEach, describe, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as Y from 'yjs';
import type { LiveRoom } from '#lib/live/muster.ts';
import { MAX_LIST_DEPTH } from './list-depth.ts';
import LiveText from './LiveText.svelte';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A room on this page: a document and its awareness, as the living one hands them out. */
function openRoom(): { doc: Y.Doc; awareness: Awareness; room: LiveRoom } {
  const doc = new Y.Doc();
  const awareness = new Awareness(doc);
  closing.push(() => {
    awareness.destroy();
    doc.destroy();
  });
  const fragment = doc.getXmlFragment('description');
  const room: LiveRoom = {
    loaded: true,
    fragment,
    awareness,
    state: 'saved',
    content: () => [],
    close: () => undefined,
  };
  return { doc, awareness, room };
}

/** Two rooms that hear each other at once. */
function twoRooms() {
  const [one, two] = [openRoom(), openRoom()];
  const forward = (from: typeof one, to: typeof one) => {
    from.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'wire') Y.applyUpdate(to.doc, update, 'wire');
    });
    from.awareness.on(
      'update',
      (change: { added: number[]; updated: number[]; removed: number[] }, origin: unknown) => {
        if (origin === 'wire') return;
        const clients = [...change.added, ...change.updated, ...change.removed];
        applyAwarenessUpdate(to.awareness, encodeAwarenessUpdate(from.awareness, clients), 'wire');
      },
    );
  };
  forward(one, two);
  forward(two, one);
  return { one, two };
}

async function openEditor(room: LiveRoom, name: string, colour = '#336699') {
  const screen = await render(LiveText, {
    room,
    label: `Text of ${name}`,
    name,
    colour,
    readonly: false,
    onfocuschange: () => undefined,
  });
  return screen.getByRole('textbox', { name: `Text of ${name}` });
}

describe('the co-edited text', () => {
  test('two people write one text and see each other by name', async () => {
    const { one, two } = twoRooms();
    const amira = await openEditor(one.room, 'Amira');
    const ben = await openEditor(two.room, 'Ben');
    await amira.click();
    await userEvent.keyboard('The rollers are worn.');
    await expect.poll(() => ben.element().textContent).toContain('The rollers are worn.');
    await ben.click();
    await userEvent.keyboard('{Control>}{End}{/Control} New ones come Monday.');
    await expect.poll(() => one.doc.getXmlFragment('description').toString()).toContain('Monday');
    expect(two.doc.getXmlFragment('description').toString()).toBe(
      one.doc.getXmlFragment('description').toString(),
    );
    await expect.poll(() => document.querySelectorAll('.live-caret-name').length).toBeGreaterThan(0);
    const names = [...document.querySelectorAll('.live-caret-name')].map((label) => label.textContent);
    expect(names.every((name) => name === 'Amira' || name === 'Ben')).toBe(true);
  });

  test('a name is shown as text and a colour only as six digits, whatever others send', async () => {
    const { one, two } = twoRooms();
    await openEditor(one.room, 'Amira');
    const mallory = await openEditor(two.room, '<img src=x onerror=alert(1)>', 'red;background:url(x)');
    await mallory.click();
    await userEvent.keyboard('Hello');
    await expect.poll(() => document.querySelector('.live-caret-name')?.textContent).toContain('<img');
    expect(document.querySelector('.live-caret-name img')).toBeNull();
    expect(document.querySelector<HTMLElement>('.live-caret-name')?.style.backgroundColor).toBe(
      'rgb(102, 119, 136)',
    );
  });

  test('pasted markup keeps its words, its lists and its safe links, and nothing that runs', async () => {
    const { room, doc } = openRoom();
    const box = await openEditor(room, 'Amira');
    await box.click();
    const clipboard = new DataTransfer();
    clipboard.setData(
      'text/html',
      '<p onclick="x()">Seen <a href="https://example.org/kb">here</a>, not <a href="javascript:alert(1)">there</a></p>' +
        '<ul><li>one</li></ul><script>alert(1)</script><iframe src="https://example.org"></iframe>',
    );
    box
      .element()
      .dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: clipboard, bubbles: true, cancelable: true }),
      );
    await expect.poll(() => box.element().querySelectorAll('li').length).toBe(1);
    const links = [...box.element().querySelectorAll('a')].map((link) => link.getAttribute('href'));
    expect(links).toEqual(['https://example.org/kb']);
    expect(box.element().querySelector('script, iframe, [onclick]')).toBeNull();
    expect(doc.getXmlFragment('description').toString()).not.toContain('javascript:');
  });

  test('lists nest as deep as the server takes them and no deeper', async () => {
    const { room } = openRoom();
    const box = await openEditor(room, 'Amira');
    await box.click();
    await userEvent.keyboard('- top');
    for (let depth = 1; depth < MAX_LIST_DEPTH + 3; depth += 1)
      await userEvent.keyboard('{Enter}{Tab}deeper');
    const deepest = Math.max(...[...box.element().querySelectorAll('li')].map(depthOf));
    expect(deepest).toBe(MAX_LIST_DEPTH);
  });

  test.each([
    ['1. ', '2. ', 'orderedlist'],
    ['1. ', '1. ', 'orderedlist'],
    ['- ', '- ', 'bulletlist'],
  ])('a list that is typed with “%s” and “%s” has each mark once', async (first, second, list) => {
    const { room, doc } = openRoom();
    const box = await openEditor(room, 'Amira');
    await box.click();
    await userEvent.keyboard(`${first}Stop the queue{Enter}${second}Start it`);
    const text = () => doc.getXmlFragment('description').toString();
    await expect.poll(text).toContain('Start it');
    expect([...box.element().querySelectorAll('li')].map((item) => item.textContent)).toEqual([
      'Stop the queue',
      'Start it',
    ]);
    expect(text().toLowerCase().split(`<${list}`)).toHaveLength(2);
    await userEvent.keyboard('{Enter}3.5 litres, 4. of them');
    await expect.poll(text).toContain('3.5 litres, 4. of them');
    await userEvent.keyboard(`{Enter}${second}{Backspace}`);
    await expect.poll(() => box.element().querySelector('li:last-child')?.textContent).toBe(second);
  });

  test('an editor that goes with the caret in it says once that nobody writes', async () => {
    const [before, after] = [openRoom(), openRoom()];
    const told: boolean[] = [];
    const props = {
      label: 'Text',
      name: 'Amira',
      colour: '#336699',
      readonly: false,
      onfocuschange: (writing: boolean) => void told.push(writing),
    };
    const screen = await render(LiveText, { ...props, room: before.room });
    await screen.getByRole('textbox', { name: 'Text' }).click();
    await expect.poll(() => told).toEqual([true]);
    await screen.rerender({ room: after.room });
    await expect.poll(() => told).toEqual([true, false]);
  });

  test('undo takes back my own words and leaves those of others', async () => {
    const { one, two } = twoRooms();
    const amira = await openEditor(one.room, 'Amira');
    const ben = await openEditor(two.room, 'Ben');
    await amira.click();
    await userEvent.keyboard('Mine. ');
    await ben.click();
    await userEvent.keyboard('{Control>}{End}{/Control}Yours.');
    await expect.poll(() => amira.element().textContent).toContain('Yours.');
    await amira.click();
    await userEvent.keyboard('{Control>}z{/Control}');
    await expect.poll(() => two.doc.getXmlFragment('description').toString()).not.toContain('Mine.');
    expect(two.doc.getXmlFragment('description').toString()).toContain('Yours.');
  });
});

/** How many lists an item stands in. */
function depthOf(item: Element): number {
  let depth = 0;
  for (let at: Element | null = item; at; at = at.parentElement) if (at.tagName === 'UL') depth += 1;
  return depth;
}
