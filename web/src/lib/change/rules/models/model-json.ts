/** A model as text, to keep it, carry it elsewhere, and set what no form shows. */
import { APPROVAL_STAGES, CHANGE_STATES, TASK_KINDS } from '@muster/domain/change';
import type { ChangeModel } from '@muster/domain/change';
import { NEED_WORDS } from './model-words.ts';

export function modelText({ id: _id, version: _version, ...rule }: ChangeModel): string {
  return JSON.stringify(rule, null, 2);
}

type Read = { readonly rule: Omit<ChangeModel, 'id' | 'version'> } | { readonly fault: string };

class Unfit extends Error {}

/** Reads what `modelText` wrote; whatever else it is, a sentence that names the place. */
export function readModel(text: string): Read {
  try {
    return { rule: parseRule(JSON.parse(text)) };
  } catch (error) {
    if (error instanceof Unfit) return { fault: error.message };
    return { fault: `This is not JSON: ${error instanceof Error ? error.message : 'it cannot be read'}` };
  }
}

const CONTENT = ['items', 'window', 'outage', 'risk', 'plans'] as const;
const WAYS = ['forward', 'back', 'cancel'] as const;
const NEEDS = Object.keys(NEED_WORDS) as (keyof typeof NEED_WORDS)[];

function parseRule(given: unknown): Omit<ChangeModel, 'id' | 'version'> {
  const rule = only(given, 'the model', [
    'name',
    'initial',
    'states',
    'steps',
    'whenRejected',
    'byTemplate',
    'reviews',
  ]);
  const states = Object.entries(object(rule['states'], 'states'));
  const steps = list(rule['steps'], 'steps');
  return {
    name: text(rule['name'], 'name'),
    initial: one(rule['initial'], CHANGE_STATES, 'initial'),
    states: Object.fromEntries(
      states.map(([state, rules]) => [
        one(state, CHANGE_STATES, 'states'),
        parseState(rules, `states.${state}`),
      ]),
    ),
    steps: steps.map((step, index) => parseStep(step, `steps.${index}`)),
    whenRejected: one(rule['whenRejected'], CHANGE_STATES, 'whenRejected'),
    byTemplate: flag(rule['byTemplate'], 'byTemplate'),
    reviews: flag(rule['reviews'], 'reviews'),
  };
}

function parseState(given: unknown, at: string) {
  const rules = only(given, at, ['edits', 'works', 'asks', 'holdsPlace', 'whenContentMoves']);
  const falls = rules['whenContentMoves'];
  return {
    edits: some(rules['edits'], CONTENT, `${at}.edits`),
    works: some(rules['works'], TASK_KINDS, `${at}.works`),
    asks: some(rules['asks'], APPROVAL_STAGES, `${at}.asks`),
    holdsPlace: flag(rules['holdsPlace'], `${at}.holdsPlace`),
    whenContentMoves: falls === null ? null : one(falls, CHANGE_STATES, `${at}.whenContentMoves`),
  };
}

function parseStep(given: unknown, at: string) {
  const step = only(given, at, ['from', 'to', 'way', 'needs', 'stages', 'mustAsk']);
  return {
    from: one(step['from'], CHANGE_STATES, `${at}.from`),
    to: one(step['to'], CHANGE_STATES, `${at}.to`),
    way: one(step['way'], WAYS, `${at}.way`),
    needs: some(step['needs'], NEEDS, `${at}.needs`),
    stages: some(step['stages'], APPROVAL_STAGES, `${at}.stages`),
    mustAsk: flag(step['mustAsk'], `${at}.mustAsk`),
  };
}

function object(given: unknown, at: string): Readonly<Record<string, unknown>> {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw new Unfit(`${at} must be an object.`);
  return given as Readonly<Record<string, unknown>>;
}

function only(given: unknown, at: string, keys: readonly string[]): Readonly<Record<string, unknown>> {
  const found = object(given, at);
  const odd = Object.keys(found).find((key) => !keys.includes(key));
  if (odd !== undefined) throw new Unfit(`${at} has “${odd}”, which is no part of a model.`);
  return found;
}

function list(given: unknown, at: string): readonly unknown[] {
  if (!Array.isArray(given)) throw new Unfit(`${at} must be a list.`);
  return given as readonly unknown[];
}

function text(given: unknown, at: string): string {
  if (typeof given !== 'string' || given.trim() === '') throw new Unfit(`${at} must be words.`);
  return given.trim();
}

function flag(given: unknown, at: string): boolean {
  if (typeof given !== 'boolean') throw new Unfit(`${at} must be true or false.`);
  return given;
}

function one<Value extends string>(given: unknown, values: readonly Value[], at: string): Value {
  const found = values.find((value) => value === given);
  if (found === undefined) throw new Unfit(`${at} must be one of ${values.join(', ')}.`);
  return found;
}

function some<Value extends string>(given: unknown, values: readonly Value[], at: string): readonly Value[] {
  return list(given, at).map((each, index) => one(each, values, `${at}.${index}`));
}
