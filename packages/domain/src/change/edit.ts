/** What its authors change of a change. Of the same field the last in server order stands, and the other is told. */
import { saysSame } from '../shared/index.ts';
import type { Tell } from '../shared/index.ts';
import type { ActOf } from './acts.ts';
import { lastUnseen, no, tellReplaced, yes } from './case.ts';
import type { ChangeAnswer, ChangeCase } from './case.ts';
import { PLANS, plannedOf } from './change.ts';
import type { Change, ChangeFields, PlanDigests } from './change.ts';
import type { ChangeEvent } from './events.ts';
import { matchedOf } from './facts.ts';
import { changedFields, cleanFields, faultOfAssignment, kindsOf } from './fields.ts';
import { isContentLocked } from './model/model.ts';
import { assessRisk } from './risk/assess.ts';
import type { RiskInput } from './risk/assess.ts';
import { isGrade } from './risk/matrix.ts';
import { unanswered } from './risk/questionnaire.ts';

const MAX_DIGEST = 128;

export function decideEdit(kase: ChangeCase, act: ActOf<'edit'>): ChangeAnswer {
  const { change, context } = kase;
  const cleaned = cleanFields(act.fields, change, context);
  if (!cleaned.ok) return cleaned;
  const fields = changedFields(change, cleaned.value);
  const locked = kindsOf(fields).find((kind) => isContentLocked(kase.model, change.state, kind));
  if (locked !== undefined) return no('content-locked', { what: locked, state: change.state });
  const edited = { ...change, ...fields };
  if (change.state !== kase.model.initial && plannedOf(change) !== null && plannedOf(edited) === null)
    return no('missing-field', { field: 'window' });
  const model = act.model === undefined || act.model === change.model ? null : act.model;
  const fault = model === null ? null : faultOfModel(kase, model);
  if (fault !== null) return fault;
  const isEdited = Object.keys(fields).length > 0;
  if (!isEdited && model === null) return no('nothing-to-change', { field: null });
  const events: ChangeEvent[] = model === null ? [] : [{ type: 'model-set', model, before: change.model }];
  if (isEdited) events.push({ type: 'edited', fields, before: before(change, fields) });
  return yes(
    [...events, ...reassess(kase, { ...edited, model: model ?? change.model })],
    tellOverwritten(kase, fields),
  );
}

export function decideAssign(kase: ChangeCase, { team, owner }: ActOf<'assign'>): ChangeAnswer {
  const { change, context } = kase;
  if (team === change.team && owner === change.owner) return no('nothing-to-change', { field: 'owner' });
  const fault = faultOfAssignment({ team, owner }, context);
  if (fault !== null) return fault;
  const before = { team: change.team, owner: change.owner };
  const theirs = lastUnseen(kase, 'assigned');
  const lost = theirs === undefined ? [] : tellReplaced(kase, theirs.actor, 'owner', before.owner, owner);
  const { actor, now: at } = context;
  const given: readonly Tell[] =
    owner === null || owner === change.owner || owner === actor.id
      ? []
      : [{ person: owner, kind: 'assigned', detail: { by: actor.id, at } }];
  return yes([{ type: 'assigned', team, owner, before }], [...lost, ...given]);
}

/** The room's texts moved. What is locked is as it was approved: the room keeps it still. */
export function decideNotePlans(kase: ChangeCase, { plans }: ActOf<'note-plans'>): ChangeAnswer {
  const { change } = kase;
  for (const [plan, digest] of Object.entries(plans)) {
    const isFit = (PLANS as readonly string[]).includes(plan) && digest.length <= MAX_DIGEST;
    if (!isFit) return no('invalid-value', { field: `plan:${plan}`, value: digest });
  }
  const moved: PlanDigests = Object.fromEntries(
    PLANS.filter((plan) => plans[plan] !== undefined && plans[plan] !== (change.plans[plan] ?? '')).map(
      (plan) => [plan, plans[plan]],
    ),
  );
  if (Object.keys(moved).length === 0) return no('nothing-to-change', { field: 'plans' });
  if (isContentLocked(kase.model, change.state, 'plans'))
    return no('content-locked', { what: 'plans', state: change.state });
  const was = Object.fromEntries(
    Object.keys(moved).map((plan) => [plan, change.plans[plan as keyof PlanDigests] ?? '']),
  );
  return yes([{ type: 'plans-noted', plans: moved, before: was }]);
}

export function decideAssess(kase: ChangeCase, { input }: ActOf<'assess'>): ChangeAnswer {
  const { change, context } = kase;
  const { answers, likelihood, impact } = input;
  if (!isGrade(likelihood)) return no('invalid-value', { field: 'likelihood', value: likelihood });
  if (!isGrade(impact)) return no('invalid-value', { field: 'impact', value: impact });
  if (isContentLocked(kase.model, change.state, 'risk'))
    return no('content-locked', { what: 'risk', state: change.state });
  const { questionnaire } = context.facts.risk;
  const question = unanswered(questionnaire, answers);
  if (question !== null) return no('risk-open', { question });
  const asked = questionnaire.questions.map(({ id }) => [id, answers[id] ?? ''] as const);
  const kept: RiskInput = { answers: Object.fromEntries(asked), likelihood, impact };
  const events = assessed(kase, change, kept);
  return events.length === 0 ? no('nothing-to-change', { field: 'risk' }) : yes(events);
}

/** What is touched has a say in the risk: it is assessed anew from what was answered. */
export function reassess(kase: ChangeCase, after: Change): readonly ChangeEvent[] {
  return after.riskInput === null ? [] : assessed(kase, after, after.riskInput);
}

function assessed({ context }: ChangeCase, after: Change, input: RiskInput): readonly ChangeEvent[] {
  const { facts, directory } = context;
  const matched = matchedOf(after, facts, directory.services);
  const risk = assessRisk(facts.risk, matched, input, facts.pastOf(after));
  const same = saysSame([risk, input], [after.risk, after.riskInput]) || risk === null;
  return same ? [] : [{ type: 'assessed', input, risk }];
}

/** Another model is taken while nothing began: in the state where both begin, with nobody asked. */
function faultOfModel({ change, model, context }: ChangeCase, id: string): ChangeAnswer | null {
  const other = context.facts.models.get(id);
  if (other === undefined) return no('unknown-model', { model: id });
  const isFree = change.state === model.initial && change.requirements.length === 0;
  if (!isFree || other.initial !== model.initial || model.byTemplate || other.byTemplate)
    return no('model-locked', { model: id, state: change.state });
  return null;
}

function before(change: Change, fields: Partial<ChangeFields>): Partial<ChangeFields> {
  return Object.fromEntries(Object.keys(fields).map((field) => [field, change[field as keyof ChangeFields]]));
}

function tellOverwritten(kase: ChangeCase, fields: Partial<ChangeFields>): readonly Tell[] {
  return Object.entries(fields).flatMap(([field, value]) => {
    const theirs = lastUnseen(kase, 'edited', (event) => Object.hasOwn(event.fields, field));
    return theirs === undefined
      ? []
      : tellReplaced(kase, theirs.actor, field, kase.change[field as keyof ChangeFields], value);
  });
}
