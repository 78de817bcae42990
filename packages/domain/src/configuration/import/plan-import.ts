/**
 * What an import would do, before it does anything: what is made, what is changed and how, what stays, what the
 * source does not name any more, and which rows cannot be taken, each with why (issue 6: a dry run).
 */
import type { ItemId } from '../../shared/index.ts';
import { MAX_TITLE } from '../../shared/ticket/text.ts';
import { faultsOfValues } from '../class/attribute-value.ts';
import type { ValueFault } from '../class/attribute-value.ts';
import { isKindOf } from '../class/item-class.ts';
import { SERVICE_CLASS, cleanedAttributes, isFitRedundancy } from '../item/fields.ts';
import type { ConfigurationItem } from '../item/item.ts';
import { isRetired } from '../item/lifecycle.ts';
import { stayingOf } from '../item/staying.ts';
import { alikeOf } from './alike.ts';
import { changesOf } from './changes.ts';
import { Identities } from './identities.ts';
import type { Imported, ImportedItem, RowFault } from './imported.ts';
import { planRelations } from './plan-relations.ts';
import type { ImportPlan, PlannedChange, PlannedItem } from './plan.ts';
import type { Present } from './present.ts';
import { RowsInTurn } from './rows-in-turn.ts';
import { calledState, className, redundancyWords, stateWords } from './words.ts';
import { whichItem } from './which-item.ts';

export function planImport(imported: Imported, present: Present): ImportPlan {
  const faults: RowFault[] = [...imported.faults];
  const made: PlannedItem[] = [];
  const changed: PlannedChange[] = [];
  const left: PlannedItem[] = [];
  const idOfKey = new Map<string, ItemId>();
  const partly: RowFault[] = [];
  const taken = new Map<ItemId, ImportedItem>();
  const identities = new Identities(present);
  const joined = new Set([...present.items.values()].flatMap(({ sameAs }) => sameAs ?? []));
  const rows = new RowsInTurn(imported.items, ({ key }) => present.known.has(key));
  /** @param isLast Nothing more is given up: what waits is refused */
  const settle = (item: ImportedItem, isLast: boolean): void => {
    const refuse = (reason: string): void =>
      void faults.push({ line: item.line, what: item.name || item.key, reason });
    if (idOfKey.has(item.key)) {
      refuse(`"${item.key}" stands in the file twice; the first is taken`);
      return;
    }
    if (item.name.trim() === '') refuse('it has no name');
    else if (item.name.trim().length > MAX_TITLE) refuse(`its name has more than ${MAX_TITLE} letters`);
    else if (isKindOf(present.classes, item.class, SERVICE_CLASS))
      refuse('services are those of the directory; no import makes them');
    else {
      const { id, found, doubt } = whichItem(item, present, identities, taken);
      const standing = present.items.get(id);
      const before = taken.get(id);
      const said = standing === undefined ? null : changesOf(standing, item);
      const wrong = faultsOfRow(present, item, standing, said?.changes.length === 0);
      if (doubt !== null && !isLast) rows.wait(item, doubt.until);
      else if (doubt !== null) refuse(doubt.words);
      else if (before !== undefined) {
        refuse(sameWords(before, id !== found || joined.has(id), standing));
        // what the file relates to it is related to that
        idOfKey.set(item.key, id);
      } else if (standing !== undefined && standing.class !== item.class && present.classes.has(item.class))
        refuse(
          `its class is ${className(present, standing.class)} here and ${className(present, item.class)} in the file`,
        );
      else if (wrong.length > 0) refuse(wrong.map(valueWords).join('; '));
      else if (standing === undefined && item.state !== undefined && isRetired(item.state))
        refuse(`it is ${calledState(item.state)} in the file, and nothing is made to be gone`);
      else {
        taken.set(id, item);
        if (standing === undefined || !isRetired(standing.state)) identities.take(id, item);
        rows.took(id);
        const apart = standing === undefined ? null : stateWords(standing.state, item.state);
        if (apart !== null) partly.push({ line: item.line, what: item.name || item.key, reason: apart });
        const [fit, unfit] = withFitRedundancy(item, present);
        for (const reason of [...unfit, ...redundancyWords(fit, standing, present)])
          partly.push({ line: item.line, what: item.name || item.key, reason });
        for (const reason of item.without ?? []) partly.push({ line: item.line, what: item.key, reason });
        idOfKey.set(item.key, id);
        const planned = { id, found, from: fit };
        if (said === null) made.push(planned);
        else if (said.changes.length === 0) left.push(planned);
        else changed.push({ ...planned, ...said });
      }
    }
  };
  for (let row = rows.next(); row !== undefined; row = rows.next()) settle(row, false);
  for (const row of rows.left()) settle(row, true);
  faults.sort((one, other) => (one.line ?? 0) - (other.line ?? 0));
  const relations = planRelations(imported, present, { idOfKey, made, faults });
  const inFile = new Set([...imported.items.map(({ key }) => key), ...(imported.untaken ?? [])]);
  const named = new Set<ItemId>(taken.keys());
  const unnamed = new Set<ItemId>();
  for (const [key, id] of present.known)
    (inFile.has(key) ? named : unnamed).add(stayingOf(id, (each) => present.items.get(each)));
  const gone = [...unnamed].filter((id) => {
    const item = present.items.get(id);
    return item !== undefined && !isRetired(item.state) && !named.has(id);
  });
  const alike = alikeOf(made, present.items.values());
  return { made, changed, left, ...relations, gone, faults, partly, alike };
}

/** What is wrong with an item as the row would leave it; what it leaves as it stands is no fault of the row. */
function faultsOfRow(
  { classes }: Present,
  { class: itemClass, attributes }: ImportedItem,
  standing: ConfigurationItem | undefined,
  isLeft: boolean,
): readonly ValueFault[] {
  if (standing?.class === itemClass && isLeft) return [];
  return faultsOfValues(classes, itemClass, { ...standing?.attributes, ...cleanedAttributes(attributes) });
}

/** Without what no item can say, and why it is left out. */
function withFitRedundancy(
  item: ImportedItem,
  { types }: Pick<Present, 'types'>,
): readonly [ImportedItem, readonly string[]] {
  const { redundancy = [] } = item;
  const fit = redundancy.filter((each, place) => isFitRedundancy(each, redundancy.slice(0, place), types));
  if (fit.length === redundancy.length) return [item, []];
  const reason =
    'how much of what it hangs on it needs does not fit the relations that there are; that is left out';
  return [{ ...item, redundancy: fit }, [reason]];
}

/** Why a row is refused when one before it is the same item, as by a joining of which the file does not know. */
function sameWords(
  { line, name, key }: ImportedItem,
  isJoined: boolean,
  standing: ConfigurationItem | undefined,
): string {
  const taken = line === null ? `"${name || key}"` : `line ${line}, "${name || key}",`;
  if (!isJoined || standing === undefined) return `${taken} is the same item; that row is taken`;
  const called = standing.number === null ? '' : ` (${standing.number})`;
  return `${taken} is the same item since they were joined into "${standing.name}"${called}; that row is taken`;
}

function valueWords(fault: ValueFault): string {
  switch (fault.fault) {
    case 'unknown-class':
      return `there is no class "${fault.class}"`;
    case 'abstract-class':
      return `"${fault.class}" is a class of classes; name one of its kinds`;
    case 'unknown-attribute':
      return `the class has no attribute "${fault.attribute}"`;
    case 'missing-attribute':
      return `"${fault.attribute}" is required and empty`;
    case 'invalid-attribute':
      return `"${String(fault.value)}" does not fit "${fault.attribute}"`;
  }
}
