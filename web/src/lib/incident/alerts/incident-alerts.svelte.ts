import type { AlertState } from '@muster/domain/incident';
import type { RecordId } from '@muster/domain/shared';
import type { Api } from '#lib/connection/api.ts';

export interface IncidentAlert {
  /** Alerts of one incident may be alike in all else. */
  readonly id: string;
  readonly name: string;
  readonly state: AlertState;
  /** Somebody has seen it, also while it is silenced. */
  readonly acknowledged: boolean;
  readonly labels: Readonly<Record<string, string>>;
  readonly url: string | null;
  readonly startsAt: number;
  readonly resolvedAt: number | null;
}

export interface AlertList {
  readonly firing: number;
  readonly total: number;
  readonly alerts: readonly IncidentAlert[];
}

/** The members of an incident's alerts: asked of the server, since there may be thousands; what came last stays. */
export class IncidentAlerts {
  readonly #api: Pick<Api, 'request'>;
  readonly #record: () => RecordId;
  #list = $state.raw<AlertList | undefined>(undefined);
  #failed = $state(false);
  #asked = 0;

  constructor(api: Pick<Api, 'request'>, record: () => RecordId) {
    this.#api = api;
    this.#record = record;
  }

  /** Undefined until the first answer. */
  get list(): AlertList | undefined {
    return this.#list;
  }

  get failed(): boolean {
    return this.#failed;
  }

  async load(): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    // an answer that comes after that to a later question is older than what is shown
    const isLate = () => asked !== this.#asked;
    try {
      const list = (await this.#api.request(`/api/records/${this.#record()}/alerts`)) as AlertList;
      if (isLate()) return;
      this.#list = list;
      this.#failed = false;
    } catch {
      if (!isLate()) this.#failed = true;
    }
  }
}
