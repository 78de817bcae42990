import { describe, expect, test } from 'vitest';
import { teamId } from '../../shared/index.ts';
import { NETWORK, PAYROLL, actor } from '../../shared/test-support/organisation.ts';
import { isInAudience, isNewsFor, mayReadAnnouncement } from './audience.ts';
import { whyNoPublicMail } from './mail.ts';
import { HOUR, NOW, PLANNED, announced } from './test-board.ts';

const FOR_NETWORK = { ...PLANNED, audience: [NETWORK] };

describe('the audience', () => {
  test('[DSK-190] is everybody, or named teams that there are', () => {
    expect(isInAudience(PLANNED, [])).toBe(true);
    const board = announced({ ...PLANNED, audience: [PAYROLL, NETWORK, PAYROLL] }, 'scheduled');
    expect(board.it.audience).toEqual([NETWORK, PAYROLL]);
    expect([[NETWORK], [PAYROLL], [teamId('x'), PAYROLL]].every((of) => isInAudience(board.it, of))).toBe(
      true,
    );
    expect([[], [teamId('x')]].some((of) => isInAudience(board.it, of))).toBe(false);
    const unknown = { verb: 'edit', fields: { audience: [teamId('gone')] } } as const;
    expect(board.run('lea', unknown)).toMatchObject({
      refusal: { code: 'desk/unknown-team', team: 'gone' },
    });
    const many = Array.from({ length: 51 }, (_, index) => teamId(`t${index}`));
    expect(board.run('lea', { verb: 'edit', fields: { audience: many } })).toMatchObject({
      refusal: { code: 'desk/invalid-value', field: 'audience' },
    });
  });

  test('[DSK-191] is everybody for what is public, whichever of the two comes second', () => {
    const refused = { ok: false, refusal: { code: 'desk/public-to-some', audience: [NETWORK] } };
    const board = announced(FOR_NETWORK);
    expect(board.run('lea', { verb: 'edit', fields: { public: true } })).toEqual(refused);
    const open = announced({ ...PLANNED, public: true });
    expect(open.run('lea', { verb: 'edit', fields: { audience: [NETWORK] } })).toEqual(refused);
    expect(open.run('lea', { verb: 'edit', fields: { audience: [NETWORK], public: false } }).ok).toBe(true);
    const both = announced(PLANNED);
    both.state = null;
    both.history.length = 0;
    expect(both.run('lea', { verb: 'create', fields: { ...FOR_NETWORK, public: true } })).toEqual(refused);
  });

  test('[DSK-192] reads it, its authors too, and nobody else, who cannot say to have read it', () => {
    const board = announced({ ...PLANNED, audience: [PAYROLL] }, 'scheduled');
    const may = (who: string) => mayReadAnnouncement(actor(who), board.it);
    expect(['cem', 'lea', 'ana', 'rita'].map(may)).toEqual([true, true, false, false]);
    expect(mayReadAnnouncement(actor('cem'), announced({ ...PLANNED, audience: [PAYROLL] }).it)).toBe(false);
    const read = { verb: 'acknowledge', revision: 1 } as const;
    expect(board.run('cem', read).ok).toBe(true);
    for (const who of ['ana', 'rita', 'lea'])
      expect(board.run(who, read)).toMatchObject({ refusal: { code: 'desk/no-such-announcement' } });
  });

  test('[DSK-193] tells who came in, and nobody again', () => {
    const board = announced(FOR_NETWORK, 'scheduled');
    board.run('lea', { verb: 'edit', fields: { audience: [NETWORK, PAYROLL] } });
    expect(board.told).toEqual(['1 publication', '1 audience']);
    const told = board.it.told.at(-1);
    if (told === undefined) throw new Error('nobody was told');
    expect(told.before).toEqual([NETWORK]);
    expect([[PAYROLL], [NETWORK], [NETWORK, PAYROLL], []].map((of) => isNewsFor(board.it, told, of))).toEqual(
      [true, false, false, false],
    );
    board.run('lea', { verb: 'edit', fields: { audience: [] } });
    const all = board.it.told.at(-1);
    expect(all !== undefined && isNewsFor(board.it, all, [])).toBe(true);
    expect(board.it.revision).toBe(1);
    const draft = announced(FOR_NETWORK);
    draft.run('lea', { verb: 'edit', fields: { audience: [PAYROLL] } });
    expect(draft.told).toEqual([]);
  });

  test('[DSK-203] tells followers of what becomes public later, and nobody else again', () => {
    const board = announced(PLANNED, 'scheduled');
    board.run('lea', { verb: 'edit', fields: { public: true } });
    expect(board.told).toEqual(['1 publication', '1 audience']);
    const told = board.it.told.at(-1);
    if (told === undefined) throw new Error('nobody was told');
    expect([[], [NETWORK]].some((of) => isNewsFor(board.it, told, of))).toBe(false);
    expect(whyNoPublicMail(board.it, told)).toBeNull();
    board.run('lea', { verb: 'edit', fields: { public: false } });
    expect(board.told).toHaveLength(2);
    expect(whyNoPublicMail(board.it, told)).toBe('no-access');
    const draft = announced(PLANNED);
    draft.run('lea', { verb: 'edit', fields: { public: true } });
    expect(draft.told).toEqual([]);
  });

  test('[DSK-193] is told of a window that moved in the same act as everybody else', () => {
    const board = announced(FOR_NETWORK, 'scheduled');
    const fields = { audience: [PAYROLL], beginsAt: NOW + 90 * HOUR };
    expect(board.run('lea', { verb: 'edit', fields }).ok).toBe(true);
    expect(board.told).toEqual(['1 publication', '1 audience', '2 moved']);
    expect(board.run('lea', { verb: 'edit', fields: { audience: [PAYROLL] } })).toMatchObject({
      refusal: { code: 'desk/nothing-to-change' },
    });
    const over = announced(FOR_NETWORK, 'scheduled', 'cancelled');
    expect(over.run('lea', { verb: 'edit', fields: { audience: [] } })).toMatchObject({
      refusal: { code: 'desk/announcement-over' },
    });
  });
});
