import type { ChangeRules } from '@muster/documents/change';
import { NO_CHANGE_RULES, readChangeRules } from '@muster/documents/change';
import { decideTemplate, evolveTemplate } from '@muster/domain/change';
import type { ChangeTemplate, TemplateAct } from '@muster/domain/change';
import type { Actor, CommandEnvelope, RecordId } from '@muster/domain/shared';
import type { Handle } from '../../connection/shelf.ts';
import type { OwnActs } from '../own-acts.ts';
import { WatchedDocument } from '../watched-document.ts';
import { templateActOf } from './change-acts.ts';

/** `rules/change` as this device sees it: what the server says, and templates with own acts folded in. */
export class HeldRules {
  readonly #options: HeldRulesOptions;
  readonly #document: WatchedDocument;
  #stored: ChangeRules | null = null;
  #shown: ChangeRules | null = null;

  constructor(options: HeldRulesOptions) {
    this.#options = options;
    this.#document = new WatchedDocument(() => {
      this.#stored = null;
      this.#shown = null;
      options.changed();
    });
  }

  get isHere(): boolean {
    return this.#document.doc !== null;
  }

  /** Without own acts. */
  get stored(): ChangeRules {
    const { doc } = this.#document;
    return (this.#stored ??= doc === null ? NO_CHANGE_RULES : readChangeRules(doc).rules);
  }

  get shown(): ChangeRules {
    return (this.#shown ??= { ...this.stored, templates: this.#foldTemplates() });
  }

  decide(id: RecordId, act: TemplateAct): ReturnType<typeof decideTemplate> {
    return this.#decide(id, this.shown.templates.get(id) ?? null, act);
  }

  follow(handle: Handle | undefined): void {
    this.#document.follow(handle);
  }

  /** Own acts came, went or were answered. */
  refold(): void {
    this.#shown = null;
  }

  #foldTemplates(): ChangeRules['templates'] {
    const { own } = this.#options;
    const templates = new Map(this.stored.templates);
    for (const id of own().targets) {
      const confirmed = templates.get(id) ?? null;
      const folded = own()
        .after(id, confirmed?.version ?? 0)
        .reduce((state, { envelope }) => this.#fold(state, envelope), confirmed);
      if (folded !== null) templates.set(id, folded);
    }
    return templates;
  }

  /** What the rules refuse meanwhile changes nothing. */
  #fold(state: ChangeTemplate | null, envelope: CommandEnvelope): ChangeTemplate | null {
    const act = templateActOf(envelope);
    if (act === null) return state;
    const { target, clientAt } = envelope;
    const answer = this.#decide(target, state, act);
    if (!answer.ok || answer.value.superseded !== undefined) return state;
    const by = { actor: this.#options.actor.id, at: clientAt };
    return answer.value.events.reduce<ChangeTemplate | null>(
      (so, event) => evolveTemplate(so, event, by, target),
      state,
    );
  }

  #decide(target: RecordId, state: ChangeTemplate | null, act: TemplateAct) {
    return decideTemplate(state, act, { actor: this.#options.actor, target, since: [] });
  }
}

export interface HeldRulesOptions {
  readonly actor: Actor;
  readonly own: () => Pick<OwnActs, 'after' | 'targets'>;
  /** The server says other rules now. */
  readonly changed: () => void;
}
