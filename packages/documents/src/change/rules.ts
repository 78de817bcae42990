/** What the rules of changes look at as data, one entry a model, policy, window, template or board. */
import { CHANGE_MODELS, DEFAULT_PLANS, DEFAULT_RISK } from '@muster/domain/change';
import type {
  ApprovalPolicy,
  ChangeFacts,
  ChangeModel,
  ChangeTemplate,
  ChangeWindow,
  MeetingBoard,
  RiskSettings,
} from '@muster/domain/change';
import type { RecordId } from '@muster/domain/shared';
import type * as Y from 'yjs';
import { facts, flat } from '../codec.ts';
import type { KINDS } from '../kinds.ts';
import { isNonconforming, versioned } from '../nonconforming.ts';
import type { Nonconforming } from '../nonconforming.ts';

/** As the rules have it, whole: it was looked at when it was set, and the rules that read it are total. */
export const ruleEntry = versioned(1, flat({ value: facts }));

/** The settings that are one for all changes. */
export interface ChangeSettings {
  readonly risk: RiskSettings;
  readonly plans: ChangeFacts['plans'];
  /** Counts changes of `plans`, from 0 for those that nobody set. */
  readonly plansVersion: number;
  /** Of the organisation: whose clock floating windows go by. */
  readonly zone: string;
}

export interface ChangeRules extends ChangeSettings {
  readonly models: ReadonlyMap<string, ChangeModel>;
  readonly policies: readonly ApprovalPolicy[];
  readonly windows: readonly ChangeWindow[];
  readonly templates: ReadonlyMap<RecordId, ChangeTemplate>;
  readonly boards: ReadonlyMap<RecordId, MeetingBoard>;
}

/** What holds before anything was set or has arrived. */
export const NO_CHANGE_RULES: ChangeRules = {
  models: CHANGE_MODELS,
  policies: [],
  windows: [],
  templates: new Map(),
  boards: new Map(),
  risk: DEFAULT_RISK,
  plans: DEFAULT_PLANS,
  plansVersion: 0,
  zone: 'UTC',
};

export type RuleRoot = keyof typeof KINDS.rules.roots;

/** Makes the document say what stands; only what differs is written. Other roots are not touched. */
export function writeChangeRules(doc: Y.Doc, rules: ChangeRules): void {
  const { risk, plans, plansVersion, zone } = rules;
  writeRules(doc, 'models', [...rules.models]);
  writeRules(
    doc,
    'policies',
    rules.policies.map((each) => [each.id, each]),
  );
  writeRules(
    doc,
    'windows',
    rules.windows.map((each) => [each.id, each]),
  );
  writeRules(doc, 'templates', [...rules.templates]);
  writeRules(doc, 'boards', [...rules.boards]);
  writeSettings(doc, { risk: { risk }, plans: { plans, version: plansVersion }, zone: { zone } });
}

/** One root of the document: what is not named here is taken out of it. */
export function writeRules(
  doc: Y.Doc,
  root: RuleRoot,
  entries: readonly (readonly [string, object])[],
): void {
  const map = doc.getMap(root);
  const wanted = new Map(entries);
  for (const key of map.keys()) if (!wanted.has(key)) map.delete(key);
  for (const [key, value] of wanted) writeRule(doc, root, key, value);
}

function writeSettings(doc: Y.Doc, settings: Readonly<Record<string, object>>): void {
  for (const [key, value] of Object.entries(settings)) writeRule(doc, 'settings', key, value);
}

/** Sets one entry, when it says something else than what stands. */
export function writeRule(doc: Y.Doc, root: RuleRoot, key: string, value: object): void {
  const map = doc.getMap(root);
  const stored = ruleEntry.encode({ value: value as Readonly<Record<string, unknown>> });
  if (JSON.stringify(map.get(key)) !== JSON.stringify(stored)) map.set(key, stored);
}

/** All rules, in the order of their ids. */
export function readChangeRules(doc: Y.Doc): {
  readonly rules: ChangeRules;
  readonly nonconforming: readonly Nonconforming[];
} {
  const odd: Nonconforming[] = [];
  const all = <Value extends object>(root: RuleRoot): readonly (readonly [string, Value])[] => {
    const read = readRules<Value>(doc, root);
    odd.push(...read.nonconforming);
    return read.entries;
  };
  const settings = new Map(all<Record<string, unknown>>('settings'));
  const models = all<ChangeModel>('models');
  const rules: ChangeRules = {
    models: models.length === 0 ? CHANGE_MODELS : new Map(models),
    policies: all<ApprovalPolicy>('policies').map(([, policy]) => policy),
    windows: all<ChangeWindow>('windows').map(([, window]) => window),
    templates: new Map(all<ChangeTemplate>('templates').map(([key, each]) => [key as RecordId, each])),
    boards: new Map(all<MeetingBoard>('boards').map(([key, each]) => [key as RecordId, each])),
    risk: (settings.get('risk')?.['risk'] as RiskSettings | undefined) ?? DEFAULT_RISK,
    plans: (settings.get('plans')?.['plans'] as ChangeFacts['plans'] | undefined) ?? DEFAULT_PLANS,
    plansVersion: Number(settings.get('plans')?.['version'] ?? 0),
    zone: String(settings.get('zone')?.['zone'] ?? NO_CHANGE_RULES.zone),
  };
  return { rules, nonconforming: odd };
}

/** The entries of one root, in the order of their keys. */
export function readRules<Value extends object>(
  doc: Y.Doc,
  root: RuleRoot,
): {
  readonly entries: readonly (readonly [string, Value])[];
  readonly nonconforming: readonly Nonconforming[];
} {
  const map = doc.getMap(root);
  const entries: (readonly [string, Value])[] = [];
  const nonconforming: Nonconforming[] = [];
  for (const key of [...map.keys()].sort()) {
    const decoded = ruleEntry.decode(`${root}.${key}`, map.get(key));
    if (isNonconforming(decoded)) nonconforming.push(decoded);
    else entries.push([key, decoded.value as Value]);
  }
  return { entries, nonconforming };
}
