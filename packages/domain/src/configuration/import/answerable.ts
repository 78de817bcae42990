/** Who answers for an item, as a file names them: people by mail address or exact name, teams by name. */
import { ok, refuse } from '../../shared/index.ts';
import type { Directory, PersonId, Result, TeamId } from '../../shared/index.ts';

/** Looks names up in the directory; for whoever may not read it there is none, and they learn of no name. */
export class Answerable {
  readonly #isOpen: boolean;
  readonly #byMail = new Map<string, PersonId>();
  readonly #byName = new Map<string, PersonId[]>();
  readonly #teams = new Map<string, TeamId[]>();

  constructor(directory: Pick<Directory, 'people' | 'teams'> | null) {
    this.#isOpen = directory !== null;
    for (const { id, name, email, active } of directory?.people.values() ?? []) {
      if (!active) continue;
      this.#byMail.set(email.toLowerCase(), id);
      put(this.#byName, name.trim(), id);
    }
    for (const { id, name } of directory?.teams.values() ?? [])
      put(this.#teams, name.trim().toLowerCase(), id);
  }

  owner(said: string): Result<PersonId, string> {
    if (!this.#isOpen) return refuse(unread('owner'));
    const mail = this.#byMail.get(said.toLowerCase());
    if (mail !== undefined) return ok(mail);
    const [person, other] = this.#byName.get(said) ?? [];
    if (person === undefined) return refuse(`nobody here is called "${said}"; no owner is read from the row`);
    if (other === undefined) return ok(person);
    return refuse(
      `several people are called "${said}": write the mail address; no owner is read from the row`,
    );
  }

  team(said: string): Result<TeamId, string> {
    if (!this.#isOpen) return refuse(unread('team'));
    const [team, other] = this.#teams.get(said.toLowerCase()) ?? [];
    if (team === undefined) return refuse(`there is no team "${said}"; no team is read from the row`);
    if (other === undefined) return ok(team);
    return refuse(`several teams are called "${said}"; no team is read from the row`);
  }
}

function put<Id>(named: Map<string, Id[]>, name: string, id: Id): void {
  const there = named.get(name);
  if (there === undefined) named.set(name, [id]);
  else there.push(id);
}

function unread(what: 'owner' | 'team'): string {
  return `you may not read the directory; no ${what} is read from the row`;
}
