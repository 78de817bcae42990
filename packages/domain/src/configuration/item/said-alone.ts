/** Whether something may be said of an item at all, whatever it says besides and whoever else says the same by then. */
import type { Directory } from '../../shared/index.ts';
import type { ValueFault } from '../class/attribute-value.ts';
import { no } from '../refusals.ts';
import type { ConfigurationRefusal } from '../refusals.ts';
import type { Governance } from '../relation/govern.ts';
import type { ItemEdit } from './acts.ts';
import { cleanedAttributes, faultOfFields } from './fields.ts';
import { ITEM_STATES, ITEM_TRANSITIONS, mayStep } from './lifecycle.ts';
import type { ItemState } from './lifecycle.ts';

/** What is wrong with what is said of an item of a class; null when nothing is. */
export function faultOfEditAlone(
  itemClass: string,
  { attributes = {}, ...said }: ItemEdit,
  directory: Pick<Directory, 'people' | 'teams'>,
  facts: Governance,
): ConfigurationRefusal | null {
  const nothing = { name: itemClass, owner: null, team: null, criticality: null, redundancy: [] };
  const kept = Object.entries(attributes).flatMap(([id, value]) =>
    value === null ? [] : [[id, value] as const],
  );
  const fields = {
    ...nothing,
    ...said,
    class: itemClass,
    attributes: cleanedAttributes(Object.fromEntries(kept)),
  };
  const fault = faultOfFields(fields, said, directory, facts);
  if (fault === null || fault.refusal.code !== 'configuration/values-unfit') return fault?.refusal ?? null;
  // of what is not said here the item says what it says
  const faults = (fault.refusal['faults'] as readonly ValueFault[]).filter(
    (each) => !('attribute' in each) || Object.hasOwn(attributes, each.attribute),
  );
  return faults.length === 0 ? null : { ...fault.refusal, faults };
}

/** Why an item that was in one state cannot step to the other; null when it can. */
export function faultOfStepAlone(from: string, to: string): ConfigurationRefusal | null {
  const isState = (state: string): state is ItemState => (ITEM_STATES as readonly string[]).includes(state);
  if (!isState(from) || !isState(to)) return no('invalid-value', { field: 'state', value: to }).refusal;
  return mayStep(from, to) ? null : no('no-such-step', { from, to, allowed: ITEM_TRANSITIONS[from] }).refusal;
}
