/** Handing over the command: offered to one person at a time, and theirs once they accept. */
import type { Tell } from '../../shared/decider.ts';
import { ok } from '../../shared/result.ts';
import { apply, lastUnseen, no, supersede, tellEach } from '../../shared/ticket/answer.ts';
import type { TicketAnswer } from '../../shared/ticket/answer.ts';
import type { MajorAct } from '../../shared/ticket/major.ts';
import { commanderOf } from '../../shared/ticket/major.ts';
import type { MajorCase } from './parties.ts';
import { manages, refuseUnfit } from './parties.ts';
import { notForYou } from './roles.ts';

/**
 * Offers the command, by the commander or by a manager for one who cannot. Of two offers made at once the earlier in
 * server order stands: the later one's author learns which, and both people named are told (pairs).
 */
export function decideOffer(
  kase: MajorCase,
  { to }: Extract<MajorAct, { verb: 'offer-command' }>,
): TicketAnswer {
  const { major, context } = kase;
  const commander = commanderOf(major);
  const passed = lastUnseen(kase, 'command-passed');
  const mayOffer = manages(context.actor) || commander === context.actor.id;
  if (!mayOffer) return passed === undefined ? notForYou(kase) : supersede(kase, passed, 'command-passed');
  const unfit = refuseUnfit(kase, 'to', to);
  if (unfit !== null) return unfit;
  if (commander === to) return no(kase, 'command-held', { commander: to });
  const earlier = lastUnseen(kase, 'command-offered');
  if (earlier !== undefined && major.offer !== null) {
    if (major.offer.to === to) return supersede(kase, earlier, 'already-done');
    const detail = { by: context.actor.id, to: major.offer.to, instead: to, at: context.now };
    const tell = tellEach(kase, [major.offer.by, major.offer.to, to], 'command-offered', detail);
    const late = supersede(kase, earlier, 'command-on-offer');
    return late.ok ? ok({ ...late.value, tell }) : late;
  }
  if (passed !== undefined) return supersede(kase, passed, 'command-passed');
  if (major.offer !== null) return no(kase, 'command-on-offer', major.offer);
  const detail = { by: context.actor.id, to, at: context.now };
  return apply([{ type: 'command-offered', to }], tellEach(kase, [to], 'command-offered', detail));
}

/** Takes the command that was offered, or ends the offer. */
export function decideAnswer(
  kase: MajorCase,
  { answer }: Extract<MajorAct, { verb: 'answer-command' }>,
): TicketAnswer {
  const { major, context } = kase;
  const { actor, now } = context;
  const { offer } = major;
  if (offer === null) return noOffer(kase);
  if (answer === 'decline') {
    const may = [offer.to, offer.by, commanderOf(major)].includes(actor.id) || manages(actor);
    if (!may) return notForYou(kase);
    const detail = { by: actor.id, to: offer.to, declined: true, at: now };
    return apply(
      [{ type: 'command-declined', to: offer.to }],
      tellEach(kase, [offer.by, offer.to], 'command-offered', detail),
    );
  }
  if (offer.to !== actor.id) return noOffer(kase);
  const before = commanderOf(major) ?? offer.by;
  const told: readonly Tell[] = tellEach(kase, [before, offer.by], 'command-passed', {
    by: actor.id,
    to: actor.id,
    at: now,
  });
  return apply([{ type: 'command-passed', to: actor.id, before }], told);
}

/** No offer to this person stands; if one did when they looked, whoever ended or replaced it is named. */
function noOffer(kase: MajorCase): TicketAnswer {
  const ended = lastUnseen(kase, 'command-declined') ?? lastUnseen(kase, 'command-passed');
  return no(kase, 'no-offer', ended === undefined ? {} : { by: ended.actor, at: ended.at });
}
