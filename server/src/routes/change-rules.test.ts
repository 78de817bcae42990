import { CHANGE_RULES_NAME } from '@muster/documents';
import { readChangeRules } from '@muster/documents/change';
import { DEFAULT_RISK, NORMAL } from '@muster/domain/change';
import { ulid } from 'ulid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer } from '../testing.ts';
import type { TestServer, TestSession } from '../testing.ts';

let server: TestServer;
let lead: TestSession;
let agent: TestSession;
beforeAll(async () => {
  server = await startTestServer();
  [lead, agent] = (await Promise.all(['lead', 'agent'].map((who) => server.signIn(`${who}@desk.test`)))) as [
    TestSession,
    TestSession,
  ];
});
afterAll(() => server.stop());

/** It asks nobody. */
const POLICY = {
  ...{ name: 'Nobody', stage: 'board', when: {}, rule: { kind: 'all' }, approvers: [] },
  ...{ delegates: null, withinMs: null, ownMayVote: false },
};

describe('the rules of changes', () => {
  const freeze = {
    ...{ name: 'Year end', kind: 'freeze', hard: true, services: null, classes: null, models: null },
    when: { zone: 'UTC', begins: '2026-12-20T00:00', ends: '2027-01-04T00:00', repeats: null },
  };

  it('[CHG-36] [CHG-55] are set by whoever manages changes, fit and in order of their versions', async () => {
    const put = (path: string, body: object, by = lead) => by.call('PUT', `/api/change/${path}`, body);
    expect((await put('windows/year-end', { basis: 0, rule: freeze }, agent)).status).toBe(403);
    expect(await (await put('windows/year-end', { basis: 0, rule: freeze })).json()).toEqual({
      id: 'year-end',
      version: 1,
    });
    expect((await put('windows/year-end', { basis: 0, rule: freeze })).status).toBe(409);
    const backwards = { ...freeze, when: { ...freeze.when, ends: '2026-12-19T00:00' } };
    const unfit = await put('windows/year-end', { basis: 1, rule: backwards });
    expect(unfit.status).toBe(422);
    expect(await unfit.text()).toContain('change/window-ends-first');
    expect((await put('policies/nobody', { basis: 0, rule: POLICY })).status).toBe(422);
    const rules = lead.open(CHANGE_RULES_NAME);
    await rules.synced();
    expect(readChangeRules(rules.doc).rules.windows).toEqual([{ ...freeze, id: 'year-end', version: 1 }]);
    rules.destroy();
    const gone = await lead.call('DELETE', '/api/change/windows/year-end', { basis: 1 });
    expect(gone.status).toBe(204);
    expect((await lead.call('DELETE', '/api/change/windows/year-end', { basis: 1 })).status).toBe(409);
    // what was approved under a rule that is gone is not taken for approved under another of its name
    const again = await put('windows/year-end', { basis: 0, rule: freeze });
    expect(await again.json()).toEqual({ id: 'year-end', version: 3 });
    expect((await server.store.verify()).findings).toEqual([]);
  });

  it('[CHG-54] take no model by which something is carried out unapproved, and none away that is gone by', async () => {
    const { id: _id, version, ...normal } = NORMAL;
    const loose = { ...normal, steps: normal.steps.map((step) => ({ ...step, mustAsk: false })) };
    const answer = await lead.call('PUT', '/api/change/models/normal', { basis: version, rule: loose });
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain('change/model-unapproved');
    const begun = { ...normal, initial: 'scheduled' };
    const early = await lead.call('PUT', '/api/change/models/normal', { basis: version, rule: begun });
    expect(await early.text()).toContain('change/model-past-approval');
    const fields = { title: 'New relay' };
    expect(await agent.run('change.create', ulid(), { model: 'normal', fields })).toMatchObject({
      outcome: 'applied',
    });
    const gone = await lead.call('DELETE', '/api/change/models/normal', { basis: version });
    expect(gone.status).toBe(422);
    const plans = { low: [], medium: ['backout'], high: [], very_high: [], critical: [] };
    expect((await lead.call('PUT', '/api/change/plans', { basis: 0, plans })).status).toBe(200);
    expect((await lead.call('PUT', '/api/change/plans', { basis: 0, plans })).status).toBe(409);
    const { version: risk, ...settings } = DEFAULT_RISK;
    expect((await lead.call('PUT', '/api/change/risk', { basis: risk, settings })).status).toBe(200);
  });

  it('[CHG-66] take no settings of risk that do not hold together, and say where', async () => {
    const { version: _version, ...settings } = DEFAULT_RISK;
    const history = { ...settings.history, medium: 5 };
    const answer = await lead.call('PUT', '/api/change/risk', {
      basis: 2,
      settings: { ...settings, history },
    });
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({
      faults: [{ where: 'settings.history.high', what: 'not-rising' }],
    });
  });
});
