/** What the parts of classes and of types of relations are called, and what is wrong with them. */
import type { AttributeKind, ConfigurationRefusalFacts, Spread } from '@muster/domain/configuration';
import type { RefusalContent } from '@muster/domain/shared';
import {
  configurationRefusalWords,
  relationFaultWords,
  valueWords,
} from '#lib/wording/configuration-refusals.ts';
import type { ConfigurationNames } from '#lib/wording/configuration-refusals.ts';
import { sentence } from '#lib/wording/say.ts';
import type { Say } from '#lib/wording/say.ts';

export const ATTRIBUTE_KIND_WORDS: Readonly<Record<AttributeKind, string>> = {
  text: 'Text',
  number: 'A number',
  'yes-no': 'Yes or no',
  date: 'A day',
  choice: 'One of several',
  address: 'An address',
};

export const SPREAD_WORDS: Readonly<Record<Spread, string>> = {
  none: 'A failure does not spread along it',
  to_from: 'A failure of the second reaches the first',
  from_to: 'A failure of the first reaches the second',
};

/** Something that stands against setting the rules; `href` where an item may be mended first. */
export interface RulesProblem {
  readonly words: string;
  readonly href: string | null;
}

type ClassFault = ConfigurationRefusalFacts['classes-unfit']['faults'][number];
type TypeFault = ConfigurationRefusalFacts['types-unfit']['faults'][number];

export function classFaultWords(fault: ClassFault, names: ConfigurationNames): string {
  const which = `“${names.class(fault.class)}”`;
  switch (fault.fault) {
    case 'unknown-parent':
      return `${which} is a kind of a class that is removed: choose another one for it, or remove it too`;
    case 'circle':
      return `${which} is a kind of itself`;
    case 'attribute-twice':
      return `${which} would have “${names.attribute(fault.attribute)}” twice, with what it is a kind of: call one otherwise`;
    case 'no-choices':
      return `“${names.attribute(fault.attribute)}” of ${which} has nothing to choose from`;
  }
}

export function typeFaultWords(fault: TypeFault, names: ConfigurationNames): string {
  const which = `“${names.relation(fault.type)}”`;
  return fault.fault === 'no-pairs'
    ? `${which} relates no classes: add a pair, or remove it`
    : `${which} names a class that is not there`;
}

/** All that a refusal of new rules names, line by line. */
export function problemsOf(
  refusal: RefusalContent,
  say: Say,
  names: ConfigurationNames,
): readonly RulesProblem[] {
  const plain = (words: string): RulesProblem => ({ words: sentence(words), href: null });
  switch (refusal.code) {
    case 'configuration/classes-unfit':
      return factsOf<'classes-unfit'>(refusal).faults.map((fault) => plain(classFaultWords(fault, names)));
    case 'configuration/types-unfit':
      return factsOf<'types-unfit'>(refusal).faults.map((fault) => plain(typeFaultWords(fault, names)));
    case 'configuration/would-not-conform':
      return nonconformingWords(factsOf<'would-not-conform'>(refusal), names);
    case 'configuration/invalid-value':
      return factsOf<'invalid-value'>(refusal).field === 'class'
        ? [plain('services are of the class “Service”: it stays, and has items')]
        : [plain(configurationRefusalWords(refusal, say, names))];
    default:
      return [plain(configurationRefusalWords(refusal, say, names))];
  }
}

function nonconformingWords(
  { found, count }: ConfigurationRefusalFacts['would-not-conform'],
  names: ConfigurationNames,
): readonly RulesProblem[] {
  const lines = found.map((each): RulesProblem => {
    if ('relation' in each)
      return {
        words: sentence(
          `${names.item(each.from)} and ${names.item(each.to)}: ${relationFaultWords(each.fault, names)}`,
        ),
        href: `/configuration/${each.from}`,
      };
    return { words: sentence(`${each.name}: ${whyNot(each, names)}`), href: `/configuration/${each.item}` };
  });
  return count > found.length
    ? [...lines, { words: `And ${count - found.length} more.`, href: null }]
    : lines;
}

type UnfitItem = Exclude<
  ConfigurationRefusalFacts['would-not-conform']['found'][number],
  { readonly relation: string }
>;

function whyNot(unfit: UnfitItem, names: ConfigurationNames): string {
  if ('type' in unfit) return `it is redundant by “${names.relation(unfit.type)}”`;
  if ('same' in unfit) return `${unfit.same.name} has the same ${names.attribute(unfit.attribute)}`;
  return unfit.faults.map((fault) => valueWords(fault, names)).join('; ');
}

/** The facts belong to the code, which the compiler cannot follow. */
function factsOf<Reason extends keyof ConfigurationRefusalFacts>(
  refusal: RefusalContent,
): ConfigurationRefusalFacts[Reason] {
  return refusal as unknown as ConfigurationRefusalFacts[Reason];
}
