/** The checklist of a night, by place: what waits for what. */
interface Line {
  readonly title: string;
  readonly minutes: number;
  readonly after: readonly number[];
  readonly rollback: string;
  readonly noReturn?: boolean;
}

export const RUNDOWN: readonly Line[] = [
  { title: 'Tell the service desk that it begins', minutes: 5, after: [], rollback: '' },
  { title: 'Stop the night jobs', minutes: 5, after: [0], rollback: 'Start the night jobs' },
  { title: 'Back up the order database', minutes: 25, after: [1], rollback: '' },
  { title: 'Put the web shop into read-only mode', minutes: 5, after: [1], rollback: 'Open the web shop' },
  { title: 'Deploy the interfaces', minutes: 20, after: [3], rollback: 'Deploy the version before' },
  {
    title: 'Deploy the web shop to the second site',
    minutes: 15,
    after: [3],
    rollback: 'Deploy the version before',
  },
  { title: 'Smoke test at the second site', minutes: 12, after: [4, 5], rollback: '' },
  { title: 'Change the tables of orders', minutes: 30, after: [2, 6], rollback: 'Play the backup in' },
  {
    title: 'Deploy the web shop to the first site',
    minutes: 15,
    after: [7],
    rollback: 'Deploy the version before',
  },
  { title: 'Place and cancel an order at each site', minutes: 15, after: [8], rollback: '' },
  {
    title: 'Let payments through again',
    minutes: 5,
    after: [9],
    rollback: '',
    noReturn: true,
  },
  { title: 'Open the web shop', minutes: 5, after: [10], rollback: '' },
  { title: 'Start the night jobs', minutes: 5, after: [11], rollback: '' },
  { title: 'Tell the service desk that it is done', minutes: 5, after: [11], rollback: '' },
];
