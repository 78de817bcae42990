// Forms of the language that Muster's code does without, as entries of `no-restricted-syntax`.

/** @typedef {{ selector: string, message: string }} BannedSyntax */

/** @type {BannedSyntax[]} */
export const bannedEverywhere = [
  {
    selector: 'TSEnumDeclaration',
    message: 'Node cannot strip an enum: use an `as const` object or a union.',
  },
  { selector: 'ExportAllDeclaration', message: 'A doorway names what it lets out.' },
];

/** @type {BannedSyntax[]} */
export const bannedOutsideConfiguration = [
  {
    selector: 'ExportDefaultDeclaration',
    message: 'Export by name; only configuration files need a default.',
  },
];

/** Time and chance come into the domain as arguments. @type {BannedSyntax[]} */
export const bannedInDomain = [
  {
    selector: "MemberExpression[object.name='Date'][property.name='now']",
    message: 'Take `now` as an argument.',
  },
  {
    selector: "MemberExpression[object.name='Math'][property.name='random']",
    message: 'Take ids and chance as arguments.',
  },
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'Take `now` as an argument.',
  },
  { selector: "CallExpression[callee.name='Date']", message: 'Take `now` as an argument.' },
];

/** Dates read alike in all places, whatever language the browser speaks. @type {BannedSyntax[]} */
export const bannedInWeb = [
  {
    selector: "NewExpression[callee.object.name='Intl'][callee.property.name='DateTimeFormat']",
    message: 'Write dates by lib/ui/time.ts, which has one locale for all.',
  },
  {
    selector: 'CallExpression[callee.property.name=/^toLocale(Date|Time)?String$/]',
    message: 'Write dates by lib/ui/time.ts, and numbers by an Intl.NumberFormat with its locale.',
  },
];

/** What a pure function cannot reach for. */
export const globalsOutOfDomain = [
  'console',
  'crypto',
  'document',
  'fetch',
  'localStorage',
  'performance',
  'process',
  'setInterval',
  'setTimeout',
  'window',
];
