/** Does what an import plans, by the one command path, as whoever asked for it. */
import { IMPORTED_STATE } from '@muster/domain/configuration';
import type { ImportPlan, PlannedItem, PlannedRelation, RowFault } from '@muster/domain/configuration';
import { recordId } from '@muster/domain/shared';
import type { Actor, CommandEnvelope, CommandOutcome } from '@muster/domain/shared';
import { derivedCommandId } from '../../commands/derived-id.ts';
import { canonicalJson } from '../../store/canonical-json.ts';
import type { Store } from '../../store/store.ts';
import { stableId } from '../stable-id.ts';
import { nameOf } from './present.ts';
import type { PresentConfiguration } from './present.ts';
import { refusalWords } from './refusal-words.ts';

/** Commands a transaction: enough to amortise the commit, and few enough that nobody waits for long. */
const BATCH = 100;

export interface ImportDone {
  readonly made: number;
  readonly changed: number;
  readonly related: number;
  /** Of rows that the rules refused after all, for the desk moved on since the plan was made. */
  readonly faults: readonly RowFault[];
}

interface Step {
  readonly kind: 'made' | 'changed' | 'related';
  readonly type: string;
  readonly target: string;
  readonly args: object;
  readonly basis: number;
  readonly line: number | null;
  readonly what: string;
  /** What the source calls the item; null for a relation. */
  readonly key: string | null;
}

export async function applyImport(
  store: Store,
  { source, plan, present }: { source: string; plan: ImportPlan; present: PresentConfiguration },
  actor: Actor,
): Promise<ImportDone> {
  const counts = { made: 0, changed: 0, related: 0 };
  const faults: RowFault[] = [];
  const steps = [
    ...plan.made.map(makingOf),
    ...plan.changed.map((planned) => changeOf(planned, present)),
    ...plan.related.map((relation) => relatingOf(source, relation, plan, present)),
  ];
  // what there is already becomes known by what this source calls it, whether or not its change goes through
  await keepOrigins(store, source, [...plan.left, ...plan.changed], present);
  for (let from = 0; from < steps.length; from += BATCH) {
    const batch = steps.slice(from, from + BATCH);
    const outcomes = await store.commands.run(
      batch.map((step) => commandOf(step, source, actor, present)),
      actor,
    );
    const made: OriginOf[] = [];
    batch.forEach((step, place) => {
      const outcome = outcomes[place];
      if (outcome?.outcome === 'applied') {
        counts[step.kind] += 1;
        if (step.kind === 'made' && step.key !== null)
          made.push({ id: step.target, from: { key: step.key } });
      } else faults.push({ line: step.line, what: step.what, reason: reasonOf(outcome) });
    });
    await keepOrigins(store, source, made, present);
  }
  return { ...counts, faults };
}

/**
 * The id is made of what the command says and of how the desk stood: the same import again, cut off or sent twice,
 * gets the answers that it got, and what was refused once is asked anew when anything has changed.
 */
function commandOf(
  { type, target, args, basis, key }: Step,
  source: string,
  actor: Actor,
  { seq }: PresentConfiguration,
): CommandEnvelope {
  const cause = canonicalJson(['import', source, key, type, target, args, basis, actor.id, seq]);
  return {
    id: derivedCommandId(cause, 0),
    ...{ type, target: recordId(target), args, basis, clientAt: Date.now() },
  };
}

function makingOf({ id, from }: PlannedItem): Step {
  return {
    ...{ kind: 'made', type: 'item.create', target: id, basis: 0 },
    args: { fields: { class: from.class, ...saidBy(from) }, state: from.state ?? IMPORTED_STATE },
    ...{ line: from.line, what: from.name, key: from.key },
  };
}

/** Says all that the source says: what stands so already is no change. */
function changeOf({ id, from }: PlannedItem, { items }: PresentConfiguration): Step {
  return {
    ...{ kind: 'changed', type: 'item.edit', target: id, basis: items.get(id)?.version ?? 0 },
    args: { fields: saidBy(from) },
    ...{ line: from.line, what: from.name, key: from.key },
  };
}

function saidBy({ name, criticality, attributes }: PlannedItem['from']): object {
  const said = Object.entries(attributes).filter(
    ([, value]) => typeof value !== 'string' || value.trim() !== '',
  );
  return {
    ...{ name, attributes: Object.fromEntries(said) },
    ...(criticality === undefined ? {} : { criticality }),
  };
}

function relatingOf(
  source: string,
  relation: PlannedRelation,
  plan: ImportPlan,
  present: PresentConfiguration,
): Step {
  const { type, from, to } = relation;
  // one that was removed stays known: the two are related anew by another
  const which = `${nameOf(relation)} ${present.relatedBefore(relation)}`;
  const nameOfEnd = (id: string): string =>
    plan.made.find((each) => each.id === id)?.from.name ?? present.items.get(recordId(id))?.name ?? id;
  return {
    ...{ kind: 'related', type: 'relation.add', target: stableId(source, 'relation', which), basis: 0 },
    args: { type, from, to },
    ...{ line: null, key: null },
    get what() {
      const words = present.types.get(type)?.name.toLowerCase() ?? type;
      return `${nameOfEnd(from)} ${words} ${nameOfEnd(to)}`;
    },
  };
}

interface OriginOf {
  readonly id: string;
  readonly from: { readonly key: string };
}

async function keepOrigins(
  store: Store,
  source: string,
  planned: readonly OriginOf[],
  { known }: PresentConfiguration,
): Promise<void> {
  const rows = planned.flatMap(({ id, from: { key } }) =>
    known.has(key) ? [] : [{ source, key, item: id }],
  );
  const statements = [];
  for (let from = 0; from < rows.length; from += BATCH)
    statements.push(
      store.writer
        .insertInto('configuration_origin')
        .values(rows.slice(from, from + BATCH))
        .onConflict((conflict) => conflict.doNothing()),
    );
  if (statements.length > 0) await store.together(statements);
}

function reasonOf(outcome: CommandOutcome | undefined): string {
  if (outcome?.outcome === 'refused') return refusalWords(outcome.refusal);
  return 'somebody else was first; import the file again';
}
