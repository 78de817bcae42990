import { ProblemError } from '../routes/problem.ts';
import type { Access } from './access.ts';
import { addPerson } from './membership.ts';
import { hasAdministrator } from './people.ts';
import { isSameSecret, newSecret } from './tokens.ts';

export interface SetUpRequest {
  readonly token: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

/** Makes the first administrator of an empty desk, once, for whoever reads the server's console. */
export class SetUp {
  readonly #access: Access;
  #token: string | null = null;
  #running = false;

  constructor(access: Access) {
    this.#access = access;
  }

  async needed(): Promise<boolean> {
    return !(await hasAdministrator(this.#access.db));
  }

  /** The token to print while the desk is empty; null when it is not. */
  async token(): Promise<string | null> {
    if (!(await this.needed())) return null;
    this.#token ??= newSecret();
    return this.#token;
  }

  /** Refuses with `already-set-up` or `wrong-token`. */
  async complete(request: SetUpRequest): Promise<void> {
    if (this.#running || !(await this.needed())) throw new ProblemError('already-set-up');
    if (this.#token === null || !isSameSecret(request.token, this.#token))
      throw new ProblemError('wrong-token');
    if (this.#running) throw new ProblemError('already-set-up');
    this.#running = true;
    try {
      await addPerson(this.#access, { ...request, roles: ['administrator'], teams: [] });
      this.#token = null;
    } finally {
      this.#running = false;
    }
  }
}
