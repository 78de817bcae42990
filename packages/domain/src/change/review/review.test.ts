import { describe, expect, test } from 'vitest';
import { recordId } from '../../shared/index.ts';
import type { Recorded } from '../../shared/index.ts';
import { VPN } from '../../shared/test-support/organisation.ts';
import type { ChangeAct } from '../acts.ts';
import { evolveChange } from '../evolve.ts';
import type { ChangeEvent } from '../events.ts';
import { CALM, ChangeBoard, normal, refusedFor } from '../test-board.ts';
import { eventsWithoutHidden, withoutHidden } from './hidden.ts';

const close = (result: 'successful' | 'issues' | 'failed'): ChangeAct => ({ verb: 'close', result });
const to = (state: 'draft' | 'in_review' | 'reviewed' | 'closed', reason?: string): ChangeAct => ({
  verb: 'move-review',
  to: state,
  ...(reason !== undefined && { reason }),
});
const caused: ChangeAct = { verb: 'note-caused', incident: recordId('i1'), priority: 2 };
const waive: ChangeAct = { verb: 'waive-review', reason: 'Nothing to learn' };

describe('the review after a change', () => {
  test('[CHG-50] it goes its way, and back to draft with a reason', () => {
    const board = normal('review').do('ana', { verb: 'begin-review' });
    expect(board.run('ana', to('reviewed'))).toMatchObject(
      refusedFor('no-such-review-step', { from: 'draft', to: 'reviewed', allowed: ['in_review'] }),
    );
    board.do('ana', to('in_review'));
    expect(board.run('ana', to('draft'))).toMatchObject(refusedFor('missing-field'));
    board.do('ana', to('draft', 'Too short')).do('ana', to('in_review')).do('ana', to('reviewed'));
    board.do('ana', close('successful')).do('ana', to('closed'));
    expect(board.it).toMatchObject({ state: 'closed', review: { state: 'closed' } });
    expect(normal('implement').run('ana', { verb: 'begin-review' })).toMatchObject(refusedFor('review-open'));
  });

  test('[CHG-50] begun or moved by two at once, the first stands', () => {
    const board = normal('review');
    const { version: seen } = board.it;
    board.do('ana', { verb: 'begin-review' });
    expect(board.run('bo', { verb: 'begin-review' }, seen)).toMatchObject({
      value: { superseded: { by: { person: 'ana' } } },
    });
    const { version } = board.it;
    board.do('ana', to('in_review'));
    expect(board.run('bo', to('in_review'), version)).toMatchObject({ value: { superseded: {} } });
    board.do('ana', to('reviewed'));
    expect(board.run('bo', to('draft', 'x'), version)).toMatchObject(
      refusedFor('change-moved', { by: 'ana' }),
    );
  });

  test('[CHG-51] what went well and was of low risk needs none, anything else does', () => {
    expect(normal('review').run('ana', close('successful')).ok).toBe(true);
    expect(normal('review').run('ana', close('issues'))).toMatchObject(
      refusedFor('review-open', { state: null }),
    );
    const hurt = normal('review').do('ana', caused);
    expect(hurt.run('ana', close('successful'))).toMatchObject(refusedFor('review-open'));
    expect(hurt.run('lea', waive)).toMatchObject(refusedFor('review-required'));
    const begun = normal('review').do('ana', { verb: 'begin-review' });
    expect(begun.run('ana', close('successful'))).toMatchObject(
      refusedFor('review-open', { state: 'draft' }),
    );
  });

  test('[CHG-51] where only the risk asks for it, it may be waived', () => {
    const board = normal('assess');
    const plans = { test: 'x', communication: 'y' };
    board.do('ana', { verb: 'assess', input: { ...CALM, likelihood: 3, impact: 5 } });
    board.do('ana', { verb: 'note-plans', plans }).vote('lea').do('ana', { verb: 'step', to: 'authorize' });
    board.vote('kim').vote('lou').do('ana', { verb: 'step', to: 'scheduled' });
    board
      .do('lea', { verb: 'step', to: 'implement', reason: 'Early' })
      .do('ana', { verb: 'step', to: 'review' });
    expect(board.run('ana', close('successful'))).toMatchObject(refusedFor('review-open'));
    expect(board.run('ana', waive)).toMatchObject(refusedFor('not-permitted'));
    board.do('lea', waive);
    expect(board.run('ana', close('failed'))).toMatchObject(
      refusedFor('review-open', { state: 'not_required' }),
    );
    expect(board.do('ana', close('successful')).it.state).toBe('closed');
  });

  test('[CHG-51] an unauthorised change never closes without', () => {
    const board = new ChangeBoard();
    board.do('ana', { verb: 'create', model: 'unauthorised', fields: { title: 'Drift', items: [VPN] } });
    board.do('ana', { verb: 'step', to: 'authorize' }).vote('kim').vote('lou');
    board.do('ana', { verb: 'step', to: 'review' });
    expect(board.run('ana', close('successful'))).toMatchObject(refusedFor('review-open'));
    expect(board.run('lea', waive)).toMatchObject(refusedFor('review-required'));
    board.do('ana', { verb: 'begin-review' }).do('ana', to('in_review')).do('ana', to('reviewed'));
    expect(board.do('ana', close('successful')).it.state).toBe('closed');
  });

  test('[CHG-52] incidents that it caused are named, also after it is closed', () => {
    const board = normal('review').do('ana', close('successful')).do('ana', caused);
    expect(board.it.caused).toEqual([{ incident: 'i1', priority: 2 }]);
    expect(board.run('ana', caused)).toMatchObject(refusedFor('nothing-to-change'));
    board.do('ana', { ...caused, priority: 1 });
    expect(board.it.caused).toEqual([{ incident: 'i1', priority: 1 }]);
    expect(board.do('ana', { verb: 'unnote-caused', incident: recordId('i1') }).it.caused).toEqual([]);
  });

  test('[CHG-107] what hides an incident takes its id from what is shown, and counts it as before', () => {
    const board = normal('review').do('ana', caused);
    const said = { seq: 90, actor: board.it.madeBy, at: 1, clientAt: 1 };
    const events: readonly Recorded<ChangeEvent>[] = [
      { ...said, version: 1, event: { type: 'incident-caused', incident: recordId('i1'), priority: 2 } },
      { ...said, version: 2, event: { type: 'incident-hidden', incident: recordId('i1') } },
      { ...said, version: 3, event: { type: 'incident-caused', incident: recordId('i1'), priority: 2 } },
    ];
    const folded = events.reduce((state, each) => evolveChange(state, each, state.id), board.it);
    // named again it is the same one
    expect(folded.caused).toEqual([{ incident: 'i1', priority: 2 }]);
    const shown = withoutHidden(folded, () => true);
    expect(shown.caused).toEqual([{ incident: null, priority: 2 }]);
    expect(withoutHidden(folded, () => false)).toBe(folded);
    expect(eventsWithoutHidden(events, () => true).map(({ event }) => event)).toEqual([
      { type: 'incident-caused', incident: null, priority: 2 },
      { type: 'incident-caused', incident: null, priority: 2 },
    ]);
    expect(eventsWithoutHidden(events, () => false)).toEqual([events[0], events[2]]);
    const taken = [
      { ...said, version: 4, event: { type: 'incident-not-caused', incident: recordId('i1') } },
    ] as const;
    expect(eventsWithoutHidden(taken, () => true)).toMatchObject([{ event: { incident: null } }]);
    expect(eventsWithoutHidden(taken, () => false)).toEqual(taken);
    // when it was hidden does not show
    const [, hidden] = events;
    if (hidden === undefined) throw new Error('no event');
    const late = { ...hidden, at: 9e12 };
    expect(evolveChange(folded, late, folded.id).updatedAt).toBe(folded.updatedAt);
  });

  test('[CHG-107] where one is not named, taking one out is left to the server', () => {
    const board = normal('review').do('ana', caused);
    const unnote: ChangeAct = { verb: 'unnote-caused', incident: recordId('i1') };
    board.state = withoutHidden(board.it, () => true);
    board.do('ana', unnote);
    expect(board.it.caused).toEqual([{ incident: null, priority: 2 }]);
  });

  test('[CHG-61] an announcement is named once, by who may announce, while the change goes on', () => {
    const announce = { verb: 'note-announcement', announcement: recordId('a1') } as const;
    const board = normal('review');
    expect(board.run('ana', announce)).toMatchObject(
      refusedFor('not-permitted', { permission: 'desk.announce' }),
    );
    board.do('lea', announce);
    expect(board.it.announcements).toEqual(['a1']);
    expect(board.run('lea', announce)).toMatchObject(refusedFor('nothing-to-change'));
    board.do('ana', close('successful'));
    const late = { ...announce, announcement: recordId('a2') };
    expect(board.run('lea', late)).toMatchObject(refusedFor('change-over'));
  });
});
