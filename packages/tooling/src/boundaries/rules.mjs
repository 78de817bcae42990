// Which part of the house may import which. Each comment says what to do instead.
import { processes } from '../processes.mjs';

const anyProcess = processes.join('|');
/** Tests and what only tests use may reach further. */
const test = '\\.test\\.ts$|/(test-support|testing)/';
const outside = 'node_modules/';

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
export const boundaryRules = [
  {
    name: 'no-cycles',
    comment: 'Move what both need into a third file that imports neither.',
    severity: 'error',
    // a component that draws a tree draws itself
    from: { path: '(.+)' },
    to: { circular: true, pathNot: '^$1$' },
  },
  {
    name: 'domain-is-pure',
    comment: 'The domain knows neither Yjs, DOM nor Node: take what is needed as an argument.',
    severity: 'error',
    from: { path: '^packages/domain/src', pathNot: test },
    to: { pathNot: ['^packages/domain/src', `${outside}@internationalized/date/`] },
  },
  {
    name: 'calendars-live-in-shared',
    comment: 'Calendar arithmetic is done in domain/shared; call it from there.',
    severity: 'error',
    from: { path: '^packages/domain/src/(?!shared/)' },
    to: { path: `${outside}@internationalized/date/` },
  },
  {
    name: 'packages-below-apps',
    comment: 'Imports run domain, documents, sync, then server or web: move the code down.',
    severity: 'error',
    from: { path: '^packages/' },
    to: { path: '^(server|web|test)/' },
  },
  {
    name: 'processes-meet-in-flows',
    comment: 'Move the crossing to packages/domain/src/flows/.',
    severity: 'error',
    from: { path: `^packages/domain/src/(${anyProcess})/` },
    to: {
      path: `^packages/domain/src/(${anyProcess}|flows)/`,
      pathNot: '^packages/domain/src/$1/',
    },
  },
  {
    name: 'shared-knows-no-process',
    comment: 'What knows a process belongs to that process; what knows two belongs to flows.',
    severity: 'error',
    from: { path: '^packages/domain/src/shared/' },
    to: { path: `^packages/domain/src/(${anyProcess}|flows)/` },
  },
  {
    name: 'processes-meet-in-routes',
    comment: 'Compose the two processes in web/src/routes/.',
    severity: 'error',
    from: { path: `^web/src/lib/(${anyProcess})/` },
    to: { path: `^web/src/lib/(${anyProcess})/`, pathNot: '^web/src/lib/$1/' },
  },
  {
    name: 'ui-knows-no-process',
    comment: 'Give the component what it shows as props.',
    severity: 'error',
    from: { path: '^web/src/lib/ui/', pathNot: test },
    to: { path: '^(web/src/lib/(?!ui/|styles/)|packages/)' },
  },
  {
    name: 'components-see-no-yjs',
    comment: 'Read through lib/live and change by a command; only lib/live and lib/connection touch Yjs.',
    severity: 'error',
    from: { path: `^web/src/lib/(${anyProcess}|ui)/`, pathNot: test },
    to: { path: `${outside}(yjs|y-websocket|y-protocols|lib0)/` },
  },
  {
    name: 'documents-know-domain-and-yjs',
    comment: 'The documents package holds layout only: move transport to sync, storage to server or web.',
    severity: 'error',
    from: { path: '^packages/documents/src', pathNot: test },
    to: { pathNot: ['^packages/(documents|domain)/src', `${outside}yjs/`] },
  },
  {
    name: 'sync-knows-no-process',
    comment: 'The sync package moves bytes: it may use documents, domain/shared, yjs, y-protocols and lib0.',
    severity: 'error',
    from: { path: '^packages/sync/src', pathNot: test },
    to: {
      pathNot: [
        '^packages/(sync|documents)/src',
        '^packages/domain/src/shared/',
        `${outside}(yjs|y-protocols|lib0)/`,
      ],
    },
  },
  {
    name: 'server-and-web-are-apart',
    comment: 'What both need belongs to a package below both.',
    severity: 'error',
    from: { path: '^(server|web)/src/' },
    to: { path: '^(server|web|test)/', pathNot: '^$1/' },
  },
];
