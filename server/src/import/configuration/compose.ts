/** A Docker Compose file: each service a container, what it depends on, the networks that it is in. */
import type {
  Criticality,
  Imported,
  ImportedItem,
  ImportedRelation,
  RowFault,
} from '@muster/domain/configuration';
import { LineCounter, isMap, isScalar } from 'yaml';
import type { Document } from 'yaml';
import { z } from 'zod';
import { filledIn, unknownWords } from './compose-variables.ts';
import { NotThatFormat } from './not-that-format.ts';
import { brokenIn, plainOf, yamlOf } from './plain-yaml.ts';
import { withoutEmpty } from './said.ts';

const word = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const namesOf = z.union([z.array(word), z.record(z.string(), z.unknown()).transform(Object.keys)]);

const service = withoutEmpty(
  z.looseObject({
    image: z.string().optional(),
    container_name: z.string().optional(),
    environment: z.union([z.array(word), z.record(z.string(), word.nullable())]).optional(),
    labels: z.union([z.array(word), z.record(z.string(), word.nullable())]).optional(),
    depends_on: namesOf.optional(),
    links: z.array(z.string()).optional(),
    networks: namesOf.optional(),
    network_mode: word.optional(),
  }),
);

const file = withoutEmpty(
  z.looseObject({
    name: z.string().optional(),
    services: z.record(z.string(), z.unknown()),
    networks: z
      .record(z.string(), withoutEmpty(z.looseObject({ name: z.string().optional() })).nullable())
      .optional(),
  }),
);

/** How a service says how much it matters, in its environment or its labels. */
const CRITICALITY = /(?:^|[,\s=])service\.criticality=(critical|high|medium|low)\b/;
const GRADES: Readonly<Record<string, Criticality>> = { critical: 1, high: 2, medium: 3, low: 4 };
const MAX_ALIASES = 1_000;

/**
 * @param name Of the project, where the file has none: part of what its services are called from import to import
 * @throws NotThatFormat When it is no Compose file at all
 */
export function readCompose(text: string, name: string): Imported {
  const counter = new LineCounter();
  const document = yamlOf(text, counter, true);
  const broken = brokenIn(document, counter);
  if (broken !== null) throw new NotThatFormat(`The file is no YAML: ${broken}`);
  const parsed = file.safeParse(plainOf(document, MAX_ALIASES));
  if (!parsed.success) throw new NotThatFormat('The file names no services as a Compose file does.');
  const project = parsed.data.name ?? name;
  const lines = linesOf(document, counter);
  const items: ImportedItem[] = [];
  const relations: ImportedRelation[] = [];
  const faults: RowFault[] = [];
  const untaken: string[] = [];
  const networks = new Map(Object.entries(parsed.data.networks ?? {}));
  const usedNetworks = new Set<string>();
  for (const [key, raw] of Object.entries(parsed.data.services)) {
    const line = lines.get(key) ?? null;
    const read = service.safeParse(raw);
    if (!read.success) {
      const [issue] = read.error.issues;
      untaken.push(serviceKey(key));
      faults.push({
        line,
        what: key,
        reason: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not a service'}`,
      });
      continue;
    }
    const { image, container_name, depends_on = [], links = [], network_mode: mode } = read.data;
    // with a mode it is in no network of the file: it has the host's, another service's or none
    const { networks: joined = mode === undefined ? ['default'] : [] } = read.data;
    const lender = /^service:(.+)$/.exec(mode ?? '')?.[1];
    const criticality = criticalityOf(read.data);
    const called = partOf('its container name', container_name);
    const made = partOf('its image', image);
    const without = [...called.without, ...made.without];
    items.push({
      ...{ line, key: serviceKey(key), class: 'container', name: called.text ?? key },
      ...(criticality === null ? {} : { criticality }),
      attributes: made.text === null ? {} : { image: made.text },
      ...(without.length === 0 ? {} : { without }),
    });
    const others = new Set([...depends_on, ...links.map((link) => link.split(':')[0] ?? link)]);
    if (lender !== undefined) others.add(lender);
    for (const other of others)
      relations.push({ line, type: 'depends_on', from: serviceKey(key), to: serviceKey(other) });
    for (const network of joined) {
      usedNetworks.add(network);
      relations.push({ line, type: 'connects_to', from: serviceKey(key), to: networkKey(network) });
    }
  }
  for (const network of usedNetworks) {
    const { text: called, without } = partOf('its name', networks.get(network)?.name);
    items.push({
      ...{ line: null, key: networkKey(network), class: 'network' },
      name: called ?? `${project}_${network}`,
      attributes: {},
      ...(without.length === 0 ? {} : { without }),
    });
  }
  // any of them may be in the network
  if (untaken.length > 0) untaken.push(...['default', ...networks.keys()].map(networkKey));
  return { source: `compose ${project}`, items, relations, faults, untaken };
}

const serviceKey = (name: string): string => `service ${name}`;
const networkKey = (name: string): string => `network ${name}`;

/** As far as the file says it: null where it does not, and why where it seems to. */
function partOf(
  part: string,
  written: string | undefined,
): { readonly text: string | null; readonly without: readonly string[] } {
  if (written === undefined) return { text: null, without: [] };
  const filled = filledIn(written);
  return filled.unknown.length === 0
    ? { text: filled.text || null, without: [] }
    : { text: null, without: [unknownWords(part, filled)] };
}

function criticalityOf({ environment, labels }: z.infer<typeof service>): Criticality | null {
  const said = [environment, labels].flatMap((each) =>
    each === undefined
      ? []
      : Array.isArray(each)
        ? each
        : Object.entries(each).map(([key, value]) => `${key}=${value ?? ''}`),
  );
  for (const text of said) {
    const grade = CRITICALITY.exec(text)?.[1];
    if (grade !== undefined) return GRADES[grade] ?? null;
  }
  return null;
}

/** In which line each service begins. */
function linesOf({ contents }: Document.Parsed, counter: LineCounter): ReadonlyMap<string, number> {
  const services = isMap(contents) ? contents.get('services') : undefined;
  const lines = new Map<string, number>();
  for (const { key } of isMap(services) ? services.items : [])
    if (isScalar(key) && key.range) lines.set(String(key.value), counter.linePos(key.range[0]).line);
  return lines;
}
