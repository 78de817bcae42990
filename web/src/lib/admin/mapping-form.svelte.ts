import { serviceId, teamId } from '@muster/domain/shared';
import type { Level } from '@muster/domain/shared';
import type { Integration, IntegrationChange } from './alerts-api.ts';

export interface ServiceRow {
  readonly id: number;
  value: string;
  service: string;
}

export interface SeverityRow {
  readonly id: number;
  value: string;
  impact: string;
  urgency: string;
}

/** The server's bounds of each number: fewest, most. */
const BOUNDS = {
  reopenMinutes: [0, 1_440],
  stormMinutes: [1, 1_440],
  stormGroups: [1, 10_000],
  stormLabelGroups: [1, 10_000],
} as const;
const MOST_LABELS = 10;

export type NumberField = keyof typeof BOUNDS;

/** What an integration does with its alerts, as fields that can be typed into. */
export class MappingForm {
  name = $state('');
  team = $state('');
  service = $state('');
  serviceLabel = $state('');
  severityLabel = $state('');
  services = $state<ServiceRow[]>([]);
  severities = $state<SeverityRow[]>([]);
  numbers = $state<Record<NumberField, string>>({
    reopenMinutes: '',
    stormMinutes: '',
    stormGroups: '',
    stormLabelGroups: '',
  });
  stormLabels = $state('');
  #ids = 0;

  constructor({ name, team, service, mapping, numbers }: IntegrationChange) {
    this.name = name;
    this.team = team ?? '';
    this.service = service ?? '';
    this.serviceLabel = mapping.serviceLabel;
    this.severityLabel = mapping.severityLabel;
    for (const [value, to] of Object.entries(mapping.services)) this.addService(value, to);
    for (const [value, { impact, urgency }] of Object.entries(mapping.severities)) {
      this.addSeverity(value, impact, urgency);
    }
    for (const field of NUMBER_FIELDS) this.numbers[field] = String(numbers[field]);
    this.stormLabels = numbers.stormLabels.join(', ');
  }

  addService(value = '', service = ''): void {
    this.services.push({ id: this.#next(), value, service });
  }

  /** A severity that nothing names counts as medium, so a new row begins there. */
  addSeverity(value = '', impact: Level = 2, urgency: Level = 2): void {
    const row = { value, impact: String(impact), urgency: String(urgency) };
    this.severities.push({ id: this.#next(), ...row });
  }

  removeService(id: number): void {
    this.services = this.services.filter((row) => row.id !== id);
  }

  removeSeverity(id: number): void {
    this.severities = this.severities.filter((row) => row.id !== id);
  }

  /** What is wrong, by field under the names that the server gives its faults. Empty rows do not count. */
  get faults(): Readonly<Record<string, string | false>> {
    return {
      name: this.name.trim() === '' && 'Write what sends: “Prometheus north”.',
      'mapping.serviceLabel': this.serviceLabel.trim() === '' && 'Write the name of a label.',
      'mapping.severityLabel': this.severityLabel.trim() === '' && 'Write the name of a label.',
      ...Object.fromEntries(
        this.services
          .filter(({ value, service }) => value.trim() !== '' || service !== '')
          .map((row) => [`mapping.services.${row.value.trim()}`, this.#serviceFault(row)]),
      ),
      ...Object.fromEntries(
        this.severities.map((row) => [
          `mapping.severities.${row.value.trim()}`,
          twice(this.severities, row.value) ?? false,
        ]),
      ),
      ...Object.fromEntries(
        NUMBER_FIELDS.map((field) => [`numbers.${field}`, numberFault(field, this.numbers[field])]),
      ),
      'numbers.stormLabels':
        labelsOf(this.stormLabels).length > MOST_LABELS && `${MOST_LABELS} labels at most.`,
    };
  }

  /** As it is sent; only sound when there are no faults. */
  get change(): IntegrationChange {
    return {
      name: this.name.trim(),
      team: this.team === '' ? null : teamId(this.team),
      service: this.service === '' ? null : serviceId(this.service),
      mapping: {
        serviceLabel: this.serviceLabel.trim(),
        services: Object.fromEntries(
          filled(this.services).map(({ value, service }) => [value.trim(), serviceId(service)]),
        ),
        severityLabel: this.severityLabel.trim(),
        severities: Object.fromEntries(
          filled(this.severities).map(({ value, impact, urgency }) => [
            value.trim(),
            { impact: levelOf(impact), urgency: levelOf(urgency) },
          ]),
        ),
      },
      numbers: {
        reopenMinutes: Number(this.numbers.reopenMinutes),
        stormMinutes: Number(this.numbers.stormMinutes),
        stormGroups: Number(this.numbers.stormGroups),
        stormLabelGroups: Number(this.numbers.stormLabelGroups),
        stormLabels: labelsOf(this.stormLabels),
      } satisfies Integration['numbers'],
    };
  }

  #serviceFault({ value, service }: ServiceRow): string | false {
    if (value.trim() === '') return 'Write the value that stands for this service.';
    return twice(this.services, value) ?? (service === '' && 'Choose the service that it stands for.');
  }

  #next(): number {
    this.#ids += 1;
    return this.#ids;
  }
}

const NUMBER_FIELDS = Object.keys(BOUNDS) as readonly NumberField[];

function filled<Row extends { readonly value: string }>(rows: readonly Row[]): readonly Row[] {
  return rows.filter(({ value }) => value.trim() !== '');
}

function twice(rows: readonly { readonly value: string }[], value: string): string | null {
  const wanted = value.trim();
  if (wanted === '') return null;
  return rows.filter((row) => row.value.trim() === wanted).length > 1 ? `“${wanted}” is here twice.` : null;
}

function numberFault(field: NumberField, text: string): string | false {
  const [least, most] = BOUNDS[field];
  const number = Number(text);
  const fits = text.trim() !== '' && Number.isInteger(number) && number >= least && number <= most;
  return !fits && `A whole number from ${least} to ${most}.`;
}

function labelsOf(text: string): readonly string[] {
  return [...new Set(text.split(',').map((label) => label.trim()))].filter((label) => label !== '');
}

function levelOf(text: string): Level {
  return ([1, 2, 3] as const).find((level) => String(level) === text) ?? 2;
}
