import { contentHash } from '../shared/index.ts';
import type { ActOf } from './acts.ts';
import { no, yes } from './case.ts';
import type { ChangeAnswer } from './case.ts';
import { PLANS } from './change.ts';
import type { Change, ChangeFields } from './change.ts';
import type { ChangeEventOf } from './events.ts';
import { matchedOf } from './facts.ts';
import type { ChangeContext } from './facts.ts';
import { cleanFields, faultOfAssignment, kindsOf } from './fields.ts';
import type { ChangeModel } from './model/model.ts';
import { rulesOf } from './model/model.ts';
import { assessRisk } from './risk/assess.ts';
import { pendingTask } from './task/decide.ts';
import type { ChangeTemplate } from './template/template.ts';

type Made = ChangeEventOf<'created'>['change'];

/** Makes a change; a standard one takes its plans, its tasks and its risk from the template. */
export function decideCreate(
  state: Change | null,
  act: ActOf<'create'>,
  context: ChangeContext,
): ChangeAnswer {
  if (state !== null) return no('already-exists', { record: context.target });
  const model = context.facts.models.get(act.model);
  if (model === undefined) return no('unknown-model', { model: act.model });
  const template = act.template === undefined ? null : (context.facts.templates.get(act.template) ?? null);
  if (model.byTemplate !== (act.template !== undefined) || (model.byTemplate && template?.state !== 'active'))
    return no('template-not-active', { template: act.template ?? null });
  const cleaned = cleanFields(act.fields, { items: [], begins: null, ends: null }, context);
  if (!cleaned.ok) return cleaned;
  const { edits } = rulesOf(model, model.initial);
  const locked = kindsOf(cleaned.value).find((kind) => !edits.includes(kind));
  if (locked !== undefined) return no('content-locked', { what: locked, state: model.initial });
  const { team = template?.team ?? null, owner = null } = act;
  const fault = faultOfAssignment({ team, owner }, context);
  if (fault !== null) return fault;
  const made = { ...madeOf(model, cleaned.value, template), team, owner };
  return yes([{ type: 'created', number: context.number, change: withRisk(made, context) }]);
}

function madeOf(
  model: ChangeModel,
  fields: ActOf<'create'>['fields'],
  template: ChangeTemplate | null,
): Made {
  const blank: Omit<ChangeFields, 'title'> = { items: [], begins: null, ends: null, outage: false };
  return {
    ...blank,
    ...fields,
    ...(template !== null && { outage: template.outage }),
    model: model.id,
    template: template === null ? null : { id: template.id, version: template.revision },
    state: model.initial,
    team: null,
    owner: null,
    plans: Object.fromEntries(
      PLANS.flatMap((plan) => {
        const text = template?.plans[plan] ?? '';
        return text === '' ? [] : [[plan, contentHash(text)]];
      }),
    ),
    riskInput: template?.riskInput ?? null,
    risk: null,
    tasks: (template?.tasks ?? []).map((task) => ({ ...pendingTask(task.id), ...task })),
  };
}

function withRisk(made: Made, { facts, directory }: ChangeContext): Made {
  if (made.riskInput === null) return made;
  const matched = matchedOf(made, facts, directory.services);
  return { ...made, risk: assessRisk(facts.risk, matched, made.riskInput, facts.pastOf(made)) };
}
