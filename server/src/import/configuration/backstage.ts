/** A Backstage catalogue: components, interfaces, resources and systems, and what they depend on, provide and use. */
import type {
  Answerable,
  Imported,
  ImportedItem,
  ImportedRelation,
  ItemState,
  RowFault,
} from '@muster/domain/configuration';
import { LineCounter } from 'yaml';
import { z } from 'zod';
import { NotThatFormat } from './not-that-format.ts';
import { CatalogueOwners } from './backstage-owners.ts';
import { sourceOf } from './source-of.ts';
import { brokenIn, plainOf, yamlsOf } from './plain-yaml.ts';
import { withoutEmpty } from './said.ts';
import { kindsOf, pluralOf } from './unread-kinds.ts';

const MAX_ALIASES = 100;

const references = z.array(z.string()).optional();

const metadata = z.looseObject({
  name: z.string().min(1),
  namespace: z.string().optional(),
  title: z.string().optional(),
  annotations: z.record(z.string(), z.string()).optional(),
});

const spec = z.looseObject({
  type: z.string().optional(),
  lifecycle: z.string().optional(),
  owner: z.string().optional(),
  system: z.string().optional(),
  subcomponentOf: z.string().optional(),
  dependsOn: references,
  dependencyOf: references,
  consumesApis: references,
  providesApis: references,
});

/** As much of an entity as tells which it is, whatever else is wrong with it. */
const called = z.looseObject({
  kind: z.string(),
  metadata: withoutEmpty(metadata.pick({ name: true, namespace: true })),
});

const entity = withoutEmpty(
  z.looseObject({
    apiVersion: z.string(),
    kind: z.string(),
    metadata: withoutEmpty(metadata),
    spec: withoutEmpty(spec).optional(),
  }),
);

type Entity = z.infer<typeof entity>;

/** Kinds that are items here; people, groups, domains and templates are not. */
const KINDS: ReadonlyMap<string, (type: string) => string> = new Map([
  ['component', (type: string) => (type === 'website' ? 'web_server' : 'application')],
  ['api', () => 'api'],
  ['resource', (type: string) => RESOURCES.get(type) ?? 'middleware'],
  ['system', () => 'application'],
]);

const RESOURCES: ReadonlyMap<string, string> = new Map([
  ['database', 'database'],
  ['kubernetes-cluster', 'cluster'],
  ['cluster', 'cluster'],
  ['s3-bucket', 'storage'],
  ['storage', 'storage'],
  ['server', 'server'],
]);

const LIFECYCLES: ReadonlyMap<string, ItemState> = new Map([
  ['production', 'in_service'],
  ['experimental', 'implementation'],
  ['development', 'implementation'],
]);

/**
 * @param people Who answers for something, as the catalogue calls them
 * @param name Which catalogue it is of, where there are several
 * @throws NotThatFormat When nothing in it is an entity of a catalogue
 */
export function readBackstage(text: string, people: Answerable, name: string | null = null): Imported {
  const counter = new LineCounter();
  const items: ImportedItem[] = [];
  const relations: ImportedRelation[] = [];
  const faults: RowFault[] = [];
  const [unread, untaken]: [string[], string[]] = [[], []];
  const entities: { readonly found: Entity; readonly line: number | null }[] = [];
  for (const document of yamlsOf(text, counter)) {
    const line = document.contents?.range ? counter.linePos(document.contents.range[0]).line : null;
    const broken = brokenIn(document, counter);
    if (broken !== null) {
      faults.push({ line, what: 'a document', reason: broken });
      continue;
    }
    const found = entityOf(document);
    if (found instanceof NoEntity) {
      faults.push({ line, what: 'a document', reason: found.fault });
      if (found.key !== null) untaken.push(found.key);
    } else if (found !== null) {
      entities.push({ found, line });
      if (!KINDS.has(found.kind.toLowerCase())) unread.push(pluralOf(found.kind.toLowerCase().slice(0, 80)));
    }
  }
  const owners = new CatalogueOwners(
    people,
    entities.map(({ found }) => found),
  );
  for (const { found, line } of entities) take(found, line, { items, relations, faults, untaken, owners });
  if (entities.length === 0) throw new NotThatFormat('The file has no entity of a Backstage catalogue.');
  const source = sourceOf('backstage', name);
  return { source, items, relations, faults, untaken, unread: kindsOf(unread) };
}

class NoEntity {
  readonly fault: string;
  /** Which it would be, where it says so. */
  readonly key: string | null;

  constructor(fault: string, key: string | null) {
    [this.fault, this.key] = [fault, key];
  }
}

/** @returns Null of an empty document; of one that is no entity, why */
function entityOf(document: Parameters<typeof plainOf>[0]): Entity | NoEntity | null {
  let plain: unknown;
  try {
    plain = plainOf(document, MAX_ALIASES);
  } catch (error) {
    if (error instanceof NotThatFormat) return new NoEntity(error.message, null);
    throw error;
  }
  if (plain === null) return null;
  const parsed = entity.safeParse(plain);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const which = called.safeParse(plain);
  const words = `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'no entity'}`;
  return new NoEntity(words, which.success ? ownKeyOf(which.data) : null);
}

interface Taken {
  readonly items: ImportedItem[];
  readonly relations: ImportedRelation[];
  readonly faults: RowFault[];
  readonly untaken: string[];
  readonly owners: CatalogueOwners;
}

function take(
  { kind, metadata, spec = {} }: Entity,
  line: number | null,
  { items, relations, faults, untaken, owners }: Taken,
): void {
  const classOf = KINDS.get(kind.toLowerCase());
  if (classOf === undefined) return;
  const namespace = metadata.namespace ?? 'default';
  const key = ownKeyOf({ kind, metadata });
  const lifecycle = spec.lifecycle?.toLowerCase() ?? '';
  if (lifecycle === 'deprecated' || lifecycle === 'retired') {
    untaken.push(key);
    faults.push({ line, what: metadata.name, reason: `its lifecycle is ${lifecycle}` });
    return;
  }
  const state = LIFECYCLES.get(lifecycle);
  const location = metadata.annotations?.['backstage.io/source-location'];
  const itemClass = classOf(spec.type?.toLowerCase() ?? '');
  items.push({
    ...{ line, key, class: itemClass, name: metadata.title ?? metadata.name },
    ...(state === undefined ? {} : { state }),
    ...(spec.owner === undefined ? {} : owners.answerable(keyOf(spec.owner, 'group', namespace))),
    attributes:
      location !== undefined && itemClass === 'application'
        ? { repository: location.replace(/^url:/, '') }
        : {},
  });
  const relate = (type: string, others: readonly string[], defaultKind: string, reversed = false): void => {
    for (const other of others) {
      const to = keyOf(other, defaultKind, namespace);
      relations.push(reversed ? { line, type, from: to, to: key } : { line, type, from: key, to });
    }
  };
  relate('depends_on', spec.dependsOn ?? [], 'component');
  relate('depends_on', spec.dependencyOf ?? [], 'component', true);
  relate('uses', spec.consumesApis ?? [], 'api');
  // an interface is there as long as who provides it is
  relate('depends_on', spec.providesApis ?? [], 'api', true);
  relate('contains', spec.system === undefined ? [] : [spec.system], 'system', true);
  relate('contains', spec.subcomponentOf === undefined ? [] : [spec.subcomponentOf], 'component', true);
}

function ownKeyOf({ kind, metadata: { name, namespace = 'default' } }: z.infer<typeof called>): string {
  return keyOf(`${kind}:${namespace}/${name}`, kind, namespace);
}

/** `[kind:][namespace/]name`, in small letters and whole. */
function keyOf(reference: string, defaultKind: string, defaultNamespace: string): string {
  const [, kind = defaultKind, namespace = defaultNamespace, name = reference] =
    /^(?:([^:/]+):)?(?:([^/]+)\/)?([^/]+)$/.exec(reference) ?? [];
  return `${kind}:${namespace}/${name}`.toLowerCase();
}
