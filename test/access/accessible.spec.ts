/** Every main page in light and dark, checked by axe: no violation. */
import AxeBuilder from '@axe-core/playwright';
import type { KnowledgeFields } from '@muster/domain/problem';
import { serviceId } from '@muster/domain/shared';
import type { PersonId, RecordId } from '@muster/domain/shared';
import type { Page } from '@playwright/test';
import {
  HOUR,
  actOnBoard,
  actOnChange,
  actOnKnowledge,
  actOnMeeting,
  readChange,
  makeService,
} from '../support/changes.ts';
import { freshId } from '../support/desk.ts';
import { expect, test } from '../support/test.ts';

/** The rules of WCAG 2.2 at level AA, and what axe holds to be best practice. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

test('queue, record beside it, record alone', async ({ desk, agent }) => {
  const { page } = agent;
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await agent.queue.open();
  await agent.expectSaved();
  await expectNoViolation(page, 'queue');
  await agent.queue.choose(desk.record(1));
  await expectNoViolation(page, 'queue with a choice');
  await agent.queue.row(desk.record(2)).click();
  await expect(agent.record.description).toBeVisible();
  await expectNoViolation(page, 'record beside the queue');
  await agent.record.open(desk.record(1));
  await expect(agent.record.description).toBeVisible();
  await expectNoViolation(page, 'record');
});

test('new records, help, sheets, palette', async ({ agent }) => {
  const { page } = agent;
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  for (const process of ['desk', 'incident']) {
    await page.goto(`/new?process=${process}`);
    await expect(page.getByLabel('Title')).toBeVisible();
    await expectNoViolation(page, `new ${process}`);
  }
  await page.goto('/help');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expectNoViolation(page, 'help');
  await page.keyboard.press('?');
  await expect(agent.shell.shortcutSheet).toBeVisible();
  await expectNoViolation(page, 'shortcut sheet');
  await page.keyboard.press('Escape');
  await expect(agent.shell.shortcutSheet).toBeHidden();
  await page.keyboard.press('Control+k');
  await expect(agent.shell.palette).toBeVisible();
  await expectNoViolation(page, 'palette');
});

test('knowledge: the list, one of them with its dialog, answers, and what is suggested on a ticket', async ({
  desk,
  agent,
}) => {
  const { page } = agent;
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  const id = freshId();
  const lead = 'lead@desk.test';
  const fields: KnowledgeFields = {
    ...{ title: 'Marmalade in the keyboard of laptops', symptom: 'Keys stick', workaround: 'Rinse it.' },
    ...{ cause: '', errorCode: '', items: [], service: null, category: null, words: ['marmalade'] },
    ...{ problem: null, audience: 'everybody', validUntil: null, owner: null, reviewers: [] },
  };
  await actOnKnowledge(desk, lead, id, { verb: 'create', kind: 'known-error', fields }, 0);
  await actOnKnowledge(desk, lead, id, { verb: 'submit' }, 1);
  await actOnKnowledge(desk, lead, id, { verb: 'publish', text: null }, 2);
  await page.goto('/problem/knowledge');
  await expect(page.getByText(fields.title)).toBeVisible();
  await expectNoViolation(page, 'knowledge');
  await page.getByText(fields.title).click();
  await expect(page.getByRole('article', { name: 'Version 1' })).toBeVisible();
  await expectNoViolation(page, 'known error');
  await page.getByRole('button', { name: 'Change the fields' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await expectNoViolation(page, 'fields of a known error');
  await page.goto('/help');
  await page.getByText(fields.title).click();
  await expect(page.getByText('Rinse it.')).toBeVisible();
  await expectNoViolation(page, 'answers');
  const ticket = await desk.openIncident('agent@desk.test', {
    title: 'Marmalade in the keyboard, keys stick',
  });
  await page.goto(`/record/${ticket}`);
  await expect(page.getByRole('list', { name: 'Suggested' })).toBeVisible();
  await expectNoViolation(page, 'suggestions on a record');
});

test('the configuration: its items, one of them with its dialogs, and the map as a graph and as a list', async ({
  desk,
  agent,
}) => {
  const { page } = agent;
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  const session = await desk.session('agent@desk.test');
  const [host, app] = [freshId(), freshId()];
  const make = (target: string, itemClass: string, name: string) => ({
    ...{ id: freshId(), type: 'item.create', target, basis: 0, clientAt: Date.now() },
    args: { fields: { class: itemClass, name }, state: 'in_service' },
  });
  const relation = { type: 'runs_on', from: app, to: host };
  const outcomes = await session.call('POST', '/api/commands', [
    make(host, 'server', 'host-7'),
    make(app, 'application', 'Ledger'),
    {
      id: freshId(),
      type: 'relation.add',
      target: freshId(),
      args: relation,
      basis: 0,
      clientAt: Date.now(),
    },
  ]);
  expect(outcomes).toMatchObject([{ outcome: 'applied' }, { outcome: 'applied' }, { outcome: 'applied' }]);
  await page.goto('/configuration');
  await expect(page.getByRole('link', { name: 'Ledger' })).toBeVisible();
  await expectNoViolation(page, 'items');
  await page.getByRole('link', { name: 'Ledger' }).click();
  await expect(page.getByRole('link', { name: 'host-7' })).toBeVisible();
  await expectNoViolation(page, 'item');
  for (const name of ['Edit', 'Add a relation']) {
    await page.getByRole('button', { name }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await expectNoViolation(page, name);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
  }
  await page.goto(`/configuration/map?item=${host}`);
  await expect(page.getByRole('button', { name: /^Ledger, / })).toBeVisible();
  await expectNoViolation(page, 'map');
  await page.getByRole('button', { name: 'Show as a list' }).click();
  await expectNoViolation(page, 'map as a list');
  await page.goto('/problem');
  await expect(page.getByRole('heading', { level: 1, name: 'Problems' })).toBeVisible();
  await expectNoViolation(page, 'problems');
  await page.goto('/problem/trends');
  await expect(page.getByRole('tab', { name: 'Pareto' })).toBeVisible();
  await expectNoViolation(page, 'trends');
});

/** Halves, so that no one of them is the journey that all others wait for. */
const ADMINISTRATION = {
  'whom and what the desk is made of': [
    '/admin/people',
    '/admin/teams',
    '/admin/keys',
    '/admin/runbooks',
    '/admin/chains',
    '/on-call',
    '/change/catalogue',
    '/change/rules',
  ],
  'what goes in and out': [
    '/admin/alerts',
    '/admin/webhooks',
    '/admin/channels',
    '/me/channels',
    '/admin/status',
    '/import',
  ],
} as const;

/** Forms that stand in their page once they are asked for. */
const FORMS: Readonly<Record<string, readonly string[]>> = {
  '/change/rules': ['Change how risk is found', 'Change Normal'],
};

for (const [what, paths] of Object.entries(ADMINISTRATION))
  test(`what an administrator sees: ${what}`, async ({ admin }) => {
    const { page } = admin;
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    for (const path of paths) {
      await page.goto(path);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expect(page.getByRole('main').getByText(/^(Loading|Reading)/)).toHaveCount(0);
      for (const name of FORMS[path] ?? []) await page.getByRole('button', { name }).click();
      await expectNoViolation(page, path);
    }
  });

test('a major incident with its review, its replay and the measures', async ({ desk, lead }) => {
  const { page } = lead;
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await page.goto('/incident/metrics');
  await expect(page.getByText('No major incident in this time')).toBeVisible();
  await expectNoViolation(page, 'measures of nothing');
  const who = 'lead@desk.test';
  const id = await desk.openIncident(who, { title: 'Nobody can sign in', major: { severity: 1 } });
  await desk.act('agent@desk.test', 'incident', id, { verb: 'transition', to: 'in_progress' });
  await desk.act(who, 'incident', id, { verb: 'transition', to: 'resolved', code: 'fixed', notes: 'Done.' });
  await desk.act(who, 'incident', id, { verb: 'begin-review' });
  await desk.act(who, 'incident', id, {
    verb: 'add-review-action',
    action: freshId(),
    text: 'Watch the dates of certificates',
    owner: desk.account('agent@desk.test').id,
    dueAt: Date.now() - 1,
  });
  await lead.record.open({ id });
  await expect(lead.record.article.getByRole('textbox', { name: 'Review' })).toBeVisible();
  await expectNoViolation(page, 'review');
  await lead.record.article.getByRole('button', { name: 'Replay' }).click();
  await expect(page.getByRole('slider', { name: 'Instant of the replay' })).toBeVisible();
  await expectNoViolation(page, 'replay');
  await page.goto('/incident/metrics');
  await expect(page.getByRole('figure').first()).toBeVisible();
  await expectNoViolation(page, 'measures');
});

test('change boards, a meeting that is held, and its minutes', async ({ desk, lead }) => {
  const { page } = lead;
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await page.goto('/change/board');
  await expect(page.getByText('No change board yet')).toBeVisible();
  await expectNoViolation(page, 'no change board');
  const who = 'lead@desk.test';
  const [board, meeting, change] = [freshId(), freshId(), freshId()] as RecordId[] as [
    RecordId,
    RecordId,
    RecordId,
  ];
  const fields = { title: 'Replace the relay', items: [] };
  await actOnChange(desk, who, change, { verb: 'create', model: 'normal', fields, owner: null });
  const when = { zone: 'UTC', begins: '2030-01-07T10:00', ends: '2030-01-07T11:00', repeats: null };
  const agenda = { states: ['new'], when: {}, policies: [] } as const;
  const chairs = [desk.account(who).id as PersonId];
  const given = { name: 'Weekly board', when, itemMinutes: 10, chairs, members: [], agenda };
  await actOnBoard(desk, who, board, { verb: 'create', fields: given });
  await actOnMeeting(desk, who, meeting, { verb: 'plan', board, at: Date.now() });
  await expect(page.getByRole('listitem').filter({ hasText: 'Called' })).toBeVisible();
  await expectNoViolation(page, 'change boards');
  await actOnMeeting(desk, who, meeting, { verb: 'open' });
  await actOnMeeting(desk, who, meeting, { verb: 'show-item', change, from: null });
  await page.goto(`/change/board/${meeting}`);
  await expect(page.getByRole('timer')).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Notes' })).toBeVisible();
  await expectNoViolation(page, 'meeting');
  const { revision } = await readChange(desk, change);
  const deferred = { verdict: 'deferred', note: 'Later' } as const;
  await actOnMeeting(desk, who, meeting, { verb: 'decide-item', change, revision, ...deferred });
  await actOnMeeting(desk, who, meeting, { verb: 'close' });
  await expect(page.getByRole('region', { name: 'Minutes' })).toBeVisible();
  await expectNoViolation(page, 'minutes');
});

test('what a requester sees', async ({ desk, requester }) => {
  const { page } = requester;
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await requester.home.open();
  await expect(requester.home.request(desk.record(0).title)).toBeVisible();
  await expectNoViolation(page, 'requests');
  await requester.record.open(desk.record(0));
  await expect(requester.record.composer).toBeVisible();
  await expectNoViolation(page, 'own request');
});

test('sign-in, set-up and an invitation', async ({ desk, visitor }) => {
  const { page } = visitor;
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await page.goto('/sign-in');
  await expect(page.getByLabel('Email')).toBeVisible();
  await expectNoViolation(page, 'sign-in');
  await page.goto('/set-up');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expectNoViolation(page, 'set-up');
  const session = await desk.session('admin@desk.test');
  const { link } = await session.call<{ link: string }>('POST', '/api/invitations', {
    email: 'new@desk.test',
    roles: ['agent'],
    teams: [],
  });
  await page.goto(new URL(link).pathname);
  await expect(page.getByLabel('Your name')).toBeVisible();
  await expectNoViolation(page, 'invitation');
});

test('offline, and on a narrow screen', async ({ agent }) => {
  const { page } = agent;
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await agent.queue.open();
  await agent.expectSaved();
  await agent.goOffline();
  await expectNoViolation(page, 'offline');
  await page.setViewportSize({ width: 390, height: 844 });
  await agent.queue.expectRows();
  await expectNoViolation(page, 'narrow');
});

test('nothing about changes and releases scrolls sideways on a phone', async ({ desk, lead }) => {
  const service = serviceId(await makeService(desk, 'Relay of all mail of the organisation'));
  const begins = Date.now() + HOUR;
  const [change, release] = [freshId() as RecordId, freshId()];
  await actOnChange(desk, 'lead@desk.test', change, {
    verb: 'create',
    model: 'normal',
    fields: { title: 'Move the mail relay', items: [service], begins, ends: begins + 30 * HOUR },
    owner: null,
  });
  const session = await desk.session('lead@desk.test');
  const args = {
    fields: {
      ...{ kind: 'minor', title: 'Winter release', label: '2026.12', services: [service], owner: null },
      ...{ pace: 'stages', beginsAt: begins, endsAt: begins + HOUR, hypercareHours: 48 },
      rollbackTestedAt: null,
    },
  };
  const create = { id: freshId(), type: 'release.create', target: release, args, basis: 0, clientAt: begins };
  expect(await session.call('POST', '/api/commands', [create])).toMatchObject([{ outcome: 'applied' }]);
  const { page } = lead;
  await page.setViewportSize({ width: 390, height: 844 });
  const pages = {
    change: ['', '/catalogue', '/rules', '/calendar', `/${change}`],
    release: ['', '/matrix', '/metrics', `/${release}`],
  };
  for (const path of Object.entries(pages).flatMap(([process, all]) =>
    all.map((each) => `/${process}${each}`),
  )) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.getByRole('main').getByText(/^(Loading|Reading)/)).toHaveCount(0);
    const excess = page.evaluate(() =>
      [document.documentElement, ...document.querySelectorAll('main')].map(
        (each) => each.scrollWidth - each.clientWidth,
      ),
    );
    expect.soft(await excess, path).toEqual([0, 0]);
  }
});

/**
 * The virtual list scrolls inside a grid that holds the focus itself: its keys move the row under the cursor and bring
 * it into view. A second stop for Tab inside would lead nowhere.
 */
const SCROLLED_BY_ITS_GRID = '[role="rowgroup"] > div';

/** What else a theme decides is seen in the first: another one has other colours, and nothing else. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block'];

/** Looks at the page in the theme it has, then at its colours in the other one, in which the next page is opened. */
async function expectNoViolation(page: Page, where: string): Promise<void> {
  const isDark = await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
  const [first, second] = isDark ? (['dark', 'light'] as const) : (['light', 'dark'] as const);
  // the pages have no frames of others, so one run in the page itself sees all that there is
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
  await expectNoneIn(page, axe.withTags(TAGS), `${where}, ${first}`);
  await page.emulateMedia({ colorScheme: second });
  await expect(page.locator('html')).toHaveCSS('color-scheme', second);
  await expectNoneIn(page, axe.withRules(OF_COLOURS), `${where}, ${second}`);
}

async function expectNoneIn(page: Page, axe: AxeBuilder, where: string): Promise<void> {
  // a colour on its way from one theme to the other is neither; one that is inherited starts anew below
  await page.evaluate(() => {
    for (let moving = transitions(); moving.length > 0; moving = transitions())
      for (const each of moving) each.finish();
    function transitions(): Animation[] {
      return document.getAnimations().filter((each) => each instanceof CSSTransition);
    }
  });
  const { violations } = await axe.analyze();
  const told: string[] = [];
  for (const { id, help, nodes } of violations) {
    for (const { html, target } of nodes) {
      const isGrids =
        id === 'scrollable-region-focusable' &&
        (await page
          .locator(String(target[0]))
          .evaluate((node, own) => node.matches(own), SCROLLED_BY_ITS_GRID));
      if (!isGrids) told.push(`${id}: ${help}\n  ${html.slice(0, 200)}`);
    }
  }
  expect.soft(told, where).toEqual([]);
}
