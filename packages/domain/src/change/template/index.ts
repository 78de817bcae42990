/** Templates of standard changes. */
export { TEMPLATE_STATES, successRate } from './template.ts';
export type { ChangeTemplate, TemplateFields, TemplateState, TemplateTask } from './template.ts';
export type { TemplateAct, TemplateEvent } from './acts.ts';
export { decideTemplate } from './decide.ts';
export type { TemplateContext } from './decide.ts';
export { templateNote } from './notes.ts';
export { evolveTemplate } from './evolve.ts';
