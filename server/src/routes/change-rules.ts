/** The rules that changes go by. Whoever reads changes holds them in the document `rules/change`; these routes set them. */
import {
  CHANGE_MODELS,
  DEFAULT_RISK,
  cleanPolicy,
  cleanWindow,
  faultsOfModel,
  faultsOfRisk,
} from '@muster/domain/change';
import type { ApprovalPolicy, ChangeModel, ChangeRefusal, ChangeWindow } from '@muster/domain/change';
import type { Result } from '@muster/domain/shared';
import { Hono } from 'hono';
import { z } from 'zod';
import type { Access } from '../access/access.ts';
import { dropRule, keepRule, keepSettings } from '../store/change-rules.ts';
import {
  MODEL_PREFIX,
  PLANS_KEY,
  POLICY_PREFIX,
  RISK_KEY,
  WINDOW_PREFIX,
  defaultPolicies,
  readChangeRules,
} from '../store/changes.ts';
import { loadDirectory } from '../store/directory.ts';
import { strictJson } from './body.ts';
import {
  basisSchema,
  modelSchema,
  plansSchema,
  policySchema,
  riskSchema,
  ruleIdSchema,
  windowSchema,
} from './change-rule-schemas.ts';
import { describe, jsonBody, paramsOf } from './describe.ts';
import { permitted, signedIn } from './env.ts';
import type { SignedIn } from './env.ts';
import { ProblemError } from './problem.ts';

const FAULTS = ['forbidden', 'malformed-json', 'invalid-request', 'changed-meanwhile', 'unfit-rule'] as const;

/** One kind of rules that are set one at a time. */
interface RuleKind<Rule extends object> {
  readonly path: 'windows' | 'policies' | 'models';
  readonly prefix: string;
  readonly what: string;
  readonly schema: z.ZodType<Rule>;
  /** The rule as it is kept; throws `unfit-rule`. */
  readonly clean: (rule: Rule & { readonly id: string; readonly version: number }) => Promise<object>;
  readonly standing: (id: string) => Promise<number | null>;
  /** Throws when changes go by it still. */
  readonly refuseDrop?: (id: string) => Promise<void>;
}

export function changeRuleRoutes(access: Access): Hono<SignedIn> {
  const app = new Hono<SignedIn>();
  const { db } = access;
  app.get(
    '/api/change/rules',
    describe({
      tag: 'changes',
      summary: 'All rules that changes go by: models, policies, windows, templates, risk and plans',
      answers: z.object({
        models: z.array(modelSchema.extend({ id: z.string(), version: z.int() })),
        policies: z.array(policySchema.extend({ id: z.string(), version: z.int() })),
        windows: z.array(windowSchema.extend({ id: z.string(), version: z.int() })),
        templates: z.array(z.looseObject({ id: z.string(), name: z.string(), state: z.string() })),
        risk: riskSchema.extend({ version: z.int() }),
        plans: plansSchema,
        plansVersion: z.int(),
        zone: z.string(),
      }),
      problems: ['forbidden'],
    }),
    signedIn(access),
    permitted('change.read'),
    async (c) => {
      const { models, templates, ...rules } = await readChangeRules(db, await loadDirectory(db));
      return c.json({ ...rules, models: [...models.values()], templates: [...templates.values()] });
    },
  );
  mountKind(app, access, {
    path: 'windows',
    prefix: WINDOW_PREFIX,
    what: 'a maintenance window or a freeze',
    schema: windowSchema,
    clean: (window) => Promise.resolve(fit(cleanWindow(window satisfies ChangeWindow))),
    standing: () => Promise.resolve(null),
  });
  mountKind(app, access, {
    path: 'policies',
    prefix: POLICY_PREFIX,
    what: 'a policy of approval',
    schema: policySchema,
    clean: async (policy) => fit(cleanPolicy(policy as ApprovalPolicy, await loadDirectory(db))),
    standing: async (id) => versionIn(defaultPolicies(await loadDirectory(db)), id),
  });
  mountKind(app, access, {
    path: 'models',
    prefix: MODEL_PREFIX,
    what: 'a model of changes',
    schema: modelSchema,
    clean: async (model) => {
      const [fault] = faultsOfModel(model as ChangeModel);
      if (fault !== undefined) throw unfit(`change/model-${fault.fault}`, JSON.stringify(fault));
      const stranded = (await openStates(access, model.id)).find((each) => !(each in model.states));
      if (stranded !== undefined) throw unfit('change/model-in-use', `changes stand in ${stranded}`);
      return model;
    },
    standing: (id) => Promise.resolve(versionIn(CHANGE_MODELS, id)),
    refuseDrop: async (id) => {
      if ((await openStates(access, id)).length > 0)
        throw unfit('change/model-in-use', 'changes that are not over go by it');
    },
  });
  mountSettings(app, access);
  return app;
}

function mountKind<Rule extends object>(app: Hono<SignedIn>, access: Access, kind: RuleKind<Rule>): void {
  const { path, prefix, what, schema, clean, standing } = kind;
  const params = paramsOf(z.object({ id: ruleIdSchema }));
  const body = z.strictObject({ basis: basisSchema, rule: schema });
  app.put(
    `/api/change/${path}/:id`,
    describe({
      tag: 'changes',
      summary: `Set ${what}; its id is chosen by whoever makes it`,
      answers: z.object({ id: z.string(), version: z.int() }),
      problems: FAULTS,
    }),
    signedIn(access),
    permitted('change.manage'),
    strictJson,
    params,
    jsonBody(body),
    async (c) => {
      const { basis, rule } = c.req.valid('json');
      const { id } = c.req.valid('param');
      const cleaned = await clean({ ...(rule as Rule), id, version: basis + 1 });
      const place = { prefix, id, basis, standing: await standing(id) };
      const version = await keepRule(access.db, place, cleaned, Date.now());
      if (version === null) throw new ProblemError('changed-meanwhile');
      await access.directoryChanged();
      return c.json({ id, version });
    },
  );
  app.delete(
    `/api/change/${path}/:id`,
    describe({ tag: 'changes', summary: `Remove ${what}`, answers: null, status: 204, problems: FAULTS }),
    signedIn(access),
    permitted('change.manage'),
    strictJson,
    params,
    jsonBody(z.strictObject({ basis: z.int().min(1) })),
    async (c) => {
      const { id } = c.req.valid('param');
      await kind.refuseDrop?.(id);
      const place = { prefix, id, basis: c.req.valid('json').basis, standing: await standing(id) };
      if (!(await dropRule(access.db, place, Date.now()))) throw new ProblemError('changed-meanwhile');
      await access.directoryChanged();
      return c.body(null, 204);
    },
  );
}

function mountSettings(app: Hono<SignedIn>, access: Access): void {
  const kept = z.object({ version: z.int() });
  app.put(
    '/api/change/risk',
    describe({
      tag: 'changes',
      summary: 'Set how the risk of a change is found: conditions, questions, matrix, history',
      answers: kept,
      problems: FAULTS,
    }),
    signedIn(access),
    permitted('change.manage'),
    strictJson,
    jsonBody(z.strictObject({ basis: basisSchema, settings: riskSchema })),
    async (c) => {
      const { basis, settings } = c.req.valid('json');
      const faults = faultsOfRisk(settings);
      if (faults.length > 0)
        throw new ProblemError('unfit-rule', 'the settings of risk do not hold together', {
          faults: faults.map(({ at, fault }) => ({ where: `settings.${at}`, what: fault })),
        });
      const place = { basis, standing: DEFAULT_RISK.version };
      if (!(await keepSettings(access.db, RISK_KEY, place, settings, Date.now())))
        throw new ProblemError('changed-meanwhile');
      await access.directoryChanged();
      return c.json({ version: basis + 1 });
    },
  );
  app.put(
    '/api/change/plans',
    describe({
      tag: 'changes',
      summary:
        'Set which plans a change must have, by its risk; those of lesser risks go for higher ones too',
      answers: kept,
      problems: FAULTS,
    }),
    signedIn(access),
    permitted('change.manage'),
    strictJson,
    jsonBody(z.strictObject({ basis: basisSchema, plans: plansSchema })),
    async (c) => {
      const { basis, plans } = c.req.valid('json');
      if (!(await keepSettings(access.db, PLANS_KEY, { basis, standing: 0 }, { plans }, Date.now())))
        throw new ProblemError('changed-meanwhile');
      await access.directoryChanged();
      return c.json({ version: basis + 1 });
    },
  );
}

async function openStates({ db }: Access, model: string): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('change')
    .select('state')
    .distinct()
    .where('model', '=', model)
    .where('closed_at', 'is', null)
    .execute();
  return rows.map(({ state }) => state);
}

function versionIn(rules: ReadonlyMap<string, { readonly version: number }>, id: string): number | null {
  return rules.get(id)?.version ?? null;
}

function fit<Value>(cleaned: Result<Value, ChangeRefusal>): Value {
  if (cleaned.ok) return cleaned.value;
  const { code, ...facts } = cleaned.refusal;
  throw unfit(code, JSON.stringify(facts));
}

/** `where` names the refusal of the rules, `what` its facts. */
function unfit(code: string, what: string): ProblemError {
  return new ProblemError('unfit-rule', `${code} ${what}`, { faults: [{ where: code, what }] });
}
