import { NO_CHANGE_RULES, seedChangeBoard, writeChange, writeChangeRules } from '@muster/documents/change';
import type { ChangeRules } from '@muster/documents/change';
import { decideTemplate, evolveTemplate } from '@muster/domain/change';
import type { Change, ChangeAct, ChangeTemplate, ItemId, TemplateFields } from '@muster/domain/change';
import { recordId } from '@muster/domain/shared';
import type { RecordId, Role } from '@muster/domain/shared';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { NOBODY, NOW, aChange, ana } from '../test-support/a-change.ts';
import { heldHere } from '../test-support/held-here.ts';
import { KeptActs } from '../test-support/kept-acts.ts';
import { Changes } from './changes.ts';

const HOUR = 3_600_000;
const [ROUTER, SWITCH] = [recordId('01C00000000000000000000001'), recordId('01C00000000000000000000002')];
const PATCHES = recordId('01T00000000000000000000001');
const MAIL = 'mail' as ItemId;
const NIGHT = { begins: NOW + HOUR, ends: NOW + 2 * HOUR };

const TEMPLATE: TemplateFields = {
  ...{ name: 'Monthly patches', outage: false, plans: { implementation: 'Patch' }, tasks: [] },
  ...{ riskInput: null, minutes: 60, team: null },
};

describe('changes on a device', () => {
  it('show own acts by the server’s own rules, before any answer', () => {
    const { changes, acts } = device('agent');
    changes.run(ROUTER, { verb: 'create', model: 'normal', fields: { title: 'New router' } });
    changes.run(ROUTER, { verb: 'edit', fields: { title: 'Newer router' } });
    expect(changes.all).toMatchObject([
      { id: ROUTER, title: 'Newer router', state: 'new', number: null, madeBy: 'ana', pending: 2 },
    ]);
    expect(acts.types).toEqual(['change.create', 'change.edit']);
    expect(changes.find(changes.get(ROUTER)!.token)).toBe(ROUTER);
  });

  it('read again what was opened before the server had it, once it is on the board', () => {
    const { changes, server, retried } = device('agent');
    changes.run(ROUTER, { verb: 'create', model: 'normal', fields: { title: 'New router' } });
    expect(retried.at(-1) ?? []).toEqual([]);
    server(ROUTER);
    expect(retried.at(-1)).toEqual([ROUTER]);
  });

  it('refuse here what the rules refuse and send nothing, but ask the server while the rules are not here', async () => {
    const { changes, acts, server } = device('agent');
    server(ROUTER);
    const tooEarly: ChangeAct = { verb: 'step', to: 'scheduled' };
    expect(changes.refusalOf(ROUTER, tooEarly)).toMatchObject({ code: expect.stringMatching(/^change\//) });
    expect(await changes.run(ROUTER, tooEarly).kept).toMatchObject({ outcome: 'refused' });
    expect(acts.commands).toEqual([]);
    changes.follow(undefined, undefined);
    expect(await changes.run(ROUTER, tooEarly).kept).toBe('kept');
    expect(acts.types).toEqual(['change.step']);
  });

  it('send the version that the author saw, without own acts that wait', () => {
    const { changes, acts, server } = device('agent');
    const { version } = server(ROUTER);
    changes.run(ROUTER, { verb: 'edit', fields: { title: 'Newer router' } });
    changes.run(ROUTER, { verb: 'edit', fields: { title: 'Newest router' } });
    changes.run(ROUTER, { verb: 'hold', reason: 'Wait' }, { basis: 0 });
    expect(acts.commands.map(({ envelope }) => envelope.basis)).toEqual([version, version, 0]);
    expect(changes.basisOf(ROUTER)).toBe(version);
  });

  it('let go of an act that was answered when its row arrives, and show it until then', () => {
    const { changes, acts, server, show } = device('agent');
    const { version } = server(ROUTER);
    changes.run(ROUTER, { verb: 'edit', fields: { title: 'Newer router' } });
    acts.answer({ version: version + 1, at: NOW });
    expect(changes.get(ROUTER)).toMatchObject({ title: 'Newer router', pending: 0 });
    expect(acts.commands).toHaveLength(1);
    show(ROUTER, { title: 'Newer router', version: version + 1 });
    expect(acts.commands).toEqual([]);
    expect(changes.get(ROUTER)).toMatchObject({ title: 'Newer router', version: version + 1, pending: 0 });
  });

  it('show what the server says where the rules refuse an own act meanwhile, and again when it is refused', () => {
    const { changes, acts, server, show } = device('agent');
    const { version } = server(ROUTER);
    changes.run(ROUTER, { verb: 'edit', fields: { title: 'Newer router' } });
    show(ROUTER, { state: 'cancelled', version: version + 1 });
    expect(changes.get(ROUTER)).toMatchObject({ title: 'Change', state: 'cancelled', pending: 1 });
    acts.refuse();
    expect(changes.get(ROUTER)).toMatchObject({ title: 'Change', state: 'cancelled', pending: 0 });
  });

  it('keep a row the same object while acts on another one move', () => {
    const { changes, server } = device('agent');
    server(ROUTER);
    server(SWITCH);
    const shown = changes.get(ROUTER);
    changes.run(SWITCH, { verb: 'edit', fields: { title: 'Newer switch' } });
    expect(changes.get(ROUTER)).toBe(shown);
    expect(changes.get(SWITCH)).toMatchObject({ title: 'Newer switch', pending: 1 });
  });
});

describe('conflicts found on a device', () => {
  const planned = { id: SWITCH, model: 'normal', items: [MAIL], owner: null, ...NIGHT };

  it('are with rows and with own acts that wait, and go with them', () => {
    const { changes, acts, server, show } = device('agent');
    const { version } = server(ROUTER, { state: 'scheduled', items: [MAIL], ...NIGHT });
    const found = () => changes.index.conflictsOf(planned).map(({ change }) => change);
    expect(found()).toEqual([ROUTER]);
    const later = { begins: NOW + 5 * HOUR, ends: NOW + 6 * HOUR };
    changes.run(ROUTER, { verb: 'edit', fields: later });
    expect(found()).toEqual([]);
    acts.refuse();
    expect(found()).toEqual([ROUTER]);
    show(ROUTER, { ...later, version: version + 1 });
    expect(found()).toEqual([]);
    show(ROUTER, { ...NIGHT, version: version + 2 });
    expect(found()).toEqual([ROUTER]);
    show(ROUTER, { state: 'cancelled', version: version + 3 });
    expect(found()).toEqual([]);
  });

  it('are with own acts also when the first to ask comes after them', () => {
    const { changes, server } = device('agent');
    server(ROUTER, { state: 'scheduled', items: [MAIL], ...NIGHT });
    changes.run(ROUTER, { verb: 'cancel', reason: 'Not needed' });
    expect(changes.index.conflictsOf(planned)).toEqual([]);
  });

  it('follow the windows of the rules', () => {
    const { changes, setRules } = device('agent');
    expect(changes.index.conflictsOf(planned)).toEqual([]);
    const when = { zone: 'UTC', begins: '2020-01-01T00:00', ends: '2100-01-01T00:00', repeats: null };
    const freeze = { id: 'freeze', version: 1, name: 'Freeze', kind: 'freeze', hard: true, when } as const;
    setRules({ windows: [{ ...freeze, services: null, classes: null, models: null }] });
    expect(changes.index.conflictsOf(planned)).toMatchObject([{ windows: ['freeze'], hard: true }]);
  });
});

describe('templates on a device', () => {
  it('hold own acts that wait, and let go of them when the rules arrive', () => {
    const { changes, acts, setRules } = device('agent');
    changes.runTemplate(PATCHES, { verb: 'propose', fields: TEMPLATE });
    changes.runTemplate(PATCHES, { verb: 'edit', fields: { minutes: 30 } });
    expect(changes.rules.templates.get(PATCHES)).toMatchObject({ state: 'proposed', minutes: 30 });
    expect(acts.types).toEqual(['change-template.propose', 'change-template.edit']);
    expect(acts.commands.map(({ envelope }) => envelope.basis)).toEqual([0, 0]);
    acts.answer({ version: 1, at: NOW });
    setRules({ templates: new Map([[PATCHES, aTemplate()]]) });
    expect(acts.types).toEqual(['change-template.edit']);
    expect(changes.rules.templates.get(PATCHES)).toMatchObject({ version: 2, minutes: 30 });
    acts.refuse();
    expect(changes.rules.templates.get(PATCHES)).toMatchObject({ version: 1, minutes: 60 });
  });

  it('refuse here what the rules refuse: nobody approves what they wrote', async () => {
    const { changes, acts, setRules } = device('team-lead');
    setRules({ templates: new Map([[PATCHES, aTemplate()]]) });
    const sent = changes.runTemplate(PATCHES, { verb: 'approve', revision: 1 });
    expect(await sent.kept).toMatchObject({ refusal: { code: 'change/own-change' } });
    expect(acts.commands).toEqual([]);
  });

  it('that were approved make changes here at once', () => {
    const { changes, setRules } = device('agent');
    const approved = { ...aTemplate(), state: 'active' as const };
    setRules({ templates: new Map([[PATCHES, approved]]) });
    changes.run(ROUTER, {
      ...{ verb: 'create', model: 'standard', template: PATCHES, fields: { title: 'Patches of May' } },
    });
    expect(changes.get(ROUTER)).toMatchObject({ template: { id: PATCHES }, pending: 1 });
  });
});

/** A device with the board and the rules of changes, an outbox that nobody empties, and a server that says what it is told. */
function device(role: Role) {
  const [board, rules] = [new Y.Doc(), new Y.Doc()];
  seedChangeBoard(board);
  const acts = new KeptActs();
  const states = new Map<RecordId, Change>();
  const retried: (readonly RecordId[])[] = [];
  const changes = new Changes({
    actor: ana(role),
    shelf: {
      open: () => heldHere(new Y.Doc()),
      retryForbidden: (isThere) => retried.push([ROUTER, SWITCH].filter(isThere)),
    },
    outbox: acts,
    directory: () => NOBODY,
    knowsOrganisation: () => true,
    ...{ now: () => NOW, deviceNow: () => NOW, isLive: () => true },
  });
  changes.follow(heldHere(board), heldHere(rules));

  /** The row says this now. */
  function show(id: RecordId, says: Partial<Change>): Change {
    const after = { ...states.get(id)!, ...says };
    states.set(id, after);
    writeChange(board, after);
    return after;
  }
  return {
    ...{ changes, acts, show, retried },
    /** Somebody made it, and it has come as far as said. */
    server(id: RecordId, says: Partial<Change> = {}): Change {
      states.set(id, aChange(id));
      return show(id, says);
    },
    setRules: (set: Partial<ChangeRules>) => writeChangeRules(rules, { ...NO_CHANGE_RULES, ...set }),
  };
}

function aTemplate(): ChangeTemplate {
  const actor = ana('agent');
  const verdict = decideTemplate(
    null,
    { verb: 'propose', fields: TEMPLATE },
    { actor, target: PATCHES, since: [] },
  );
  const [event] = verdict.ok ? verdict.value.events : [];
  if (event === undefined) throw new Error('the template was not proposed');
  return evolveTemplate(null, event, { actor: actor.id, at: NOW }, PATCHES);
}
