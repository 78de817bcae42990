import { phase, resolves, reviewed, says, starts } from './scene.ts';
import type { MajorScene } from './scene.ts';

const HOUR = 60;
const DAY = 24 * HOUR;

/** The one that goes on while somebody looks around. */
const LIVE: MajorScene = {
  key: 'web-shop',
  title: 'Customers cannot pay in the web shop',
  description:
    'Card payments end with “please try again later” since shortly after the noon release. Orders on account go through.',
  service: 'Web shop',
  team: 'Business Applications',
  severity: 1,
  startedMinutesAgo: 74,
  call: [1, 'manager'],
  acts: [
    [2, 'commander', starts],
    [4, 'commander', phase('investigating')],
    [
      12,
      'desk',
      says('Card payments in the web shop fail at the moment. We work on it and report every half hour.'),
    ],
    [31, 'commander', phase('identified')],
    [38, 'commander', phase('fixing')],
    [
      45,
      'desk',
      says('The cause is found: a certificate at the payment provider’s gateway. Payments on account work.'),
    ],
  ],
  roles: [
    [3, 'scribe', 'scribe'],
    [5, 'deputy', 'second'],
    [6, 'customer-liaison', 'desk'],
    [9, 'expert', 'expert'],
  ],
  entries: [
    [
      1,
      'commander',
      'observation',
      'Share of failed payments jumps from 0.4 % to 96 % at 12:07 on the shop’s own dashboard.',
    ],
    [
      3,
      'desk',
      'observation',
      'Eleven calls within five minutes, all about cards. Orders on account go through.',
    ],
    [7, 'second', 'question', 'Is the noon release to blame? It touched the basket, not the payment.'],
    [11, 'expert', 'action', 'Noon release taken off one of four nodes. Failures stay the same there.'],
    [16, 'commander', 'decision', 'We leave the release on the other nodes: taking it off changed nothing.'],
    [
      22,
      'expert',
      'observation',
      'The gateway of the provider answers with a certificate that ran out at 12:05.',
    ],
    [
      26,
      'scribe',
      'communication',
      'Provider called, ticket P-88213. They confirm and put the on-call engineer on it.',
    ],
    [
      31,
      'commander',
      'decision',
      'Cause identified. Shop shows a notice and offers payment on account first.',
    ],
    [40, 'expert', 'action', 'Notice and changed order of payments rolled out on all nodes.'],
    [52, 'second', 'observation', 'Orders are back to 70 % of a usual day, nearly all on account.'],
    [
      66,
      'scribe',
      'communication',
      'Provider: new certificate is issued, roll-out takes until the quarter hour.',
    ],
  ],
  tasks: [
    {
      minute: 8,
      who: 'commander',
      owner: 'desk',
      text: 'Tell the branch offices what to say at the counter',
      evidence: 'Text sent to all 14 offices',
    },
    {
      minute: 17,
      who: 'commander',
      owner: 'expert',
      text: 'Compare traffic of 11:55 and 12:10 at the gateway',
      evidence: 'Certificate ends 12:05',
    },
    {
      minute: 33,
      who: 'second',
      owner: 'second',
      text: 'Orders that failed twice: list for the sales team',
      evidence: null,
    },
    {
      minute: 55,
      who: 'commander',
      owner: 'expert',
      text: 'Take the notice off when payments work for ten minutes',
      evidence: null,
    },
  ],
  review: {},
};

const REMOTE_ACCESS: MajorScene = {
  key: 'remote-access',
  title: 'Remote access refuses everybody who is not in the office',
  description: 'Sign-in to remote access ends with “too many sessions” for all who work from home.',
  service: 'Remote access (VPN)',
  team: 'Network',
  severity: 2,
  startedMinutesAgo: 12 * DAY + 3 * HOUR,
  acts: [
    [3, 'commander', starts],
    [5, 'commander', phase('investigating')],
    [34, 'commander', phase('identified')],
    [41, 'commander', phase('fixing')],
    [63, 'commander', phase('monitoring')],
    [95, 'expert', resolves('Sessions of the load test ended, limit for test accounts set to 50.')],
    [2 * HOUR, 'commander', phase('learning')],
    [2 * DAY, 'scribe', reviewed('in_review')],
    [3 * DAY, 'commander', reviewed('reviewed')],
    [3 * DAY + 5, 'commander', reviewed('closed')],
    [3 * DAY + 6, 'commander', { verb: 'close-major' }],
  ],
  roles: [
    [4, 'scribe', 'scribe'],
    [8, 'expert', 'expert'],
  ],
  entries: [
    [2, 'desk', 'observation', 'Thirty calls in ten minutes, all from home.'],
    [
      9,
      'expert',
      'observation',
      'Both gateways count 10,000 sessions of 10,000. On a usual Monday it is 900.',
    ],
    [18, 'scribe', 'question', 'Who are those sessions? They do not look like people.'],
    [34, 'commander', 'decision', 'They are accounts of the load test. It ran against production.'],
    [41, 'expert', 'action', 'Test stopped, its sessions ended on both gateways.'],
    [63, 'scribe', 'observation', 'Sign-in works for all who tried. 870 sessions.'],
  ],
  tasks: [
    {
      minute: 44,
      who: 'commander',
      owner: 'expert',
      text: 'Limit for test accounts on both gateways',
      evidence: 'Limit of 50 active since 11:05',
    },
  ],
  review: {
    Overview: 'For 61 minutes nobody outside the office could sign in to remote access.',
    Impact: 'About 400 people worked without their systems, or came to the office.',
    'Contributing factors':
      'The load test ran against production: its target was set by hand. Nothing limited how many sessions one account may have.',
    'What went well': 'The first call was seen as one of many within three minutes.',
    Actions: 'Limit for test accounts: done. The target of load tests comes from configuration: open.',
  },
};

const MAIL: MajorScene = {
  key: 'e-mail',
  title: 'Mail to and from outside stands still',
  description: 'No mail has left or arrived since 07:40. Mail inside the house is fine.',
  service: 'E-mail',
  team: 'Workplace',
  severity: 2,
  startedMinutesAgo: 3 * DAY + 2 * HOUR,
  acts: [
    [2, 'commander', starts],
    [3, 'commander', phase('investigating')],
    [22, 'commander', phase('identified')],
    [25, 'commander', phase('fixing')],
    [51, 'commander', phase('monitoring')],
    [98, 'expert', resolves('Address records of the relay put back, queue of 4,200 mails delivered.')],
    [4 * HOUR, 'commander', phase('learning')],
  ],
  roles: [
    [3, 'scribe', 'scribe'],
    [6, 'internal-liaison', 'desk'],
    [10, 'expert', 'expert'],
  ],
  entries: [
    [1, 'expert', 'observation', 'Queue to outside at 1,100 and growing by 40 a minute.'],
    [12, 'expert', 'observation', 'Relay’s name resolves to nothing outside the house.'],
    [
      22,
      'commander',
      'decision',
      'Zone lost the relay in the clean-up of last night. We put it back by hand.',
    ],
    [30, 'expert', 'action', 'Records are back; the world learns of it within an hour.'],
    [51, 'scribe', 'observation', 'First mails arrive. Queue falls.'],
  ],
  tasks: [
    {
      minute: 26,
      who: 'commander',
      owner: 'desk',
      text: 'Tell the house that nothing is lost, only late',
      evidence: 'Notice in the intranet 08:10',
    },
    {
      minute: 90,
      who: 'commander',
      owner: 'scribe',
      text: 'Write the review with all who took part',
      evidence: null,
    },
  ],
  review: {
    Overview: 'No mail left or reached the house for 98 minutes.',
    'Contributing factors': 'The clean-up of the zone removed a record that only the relay used.',
  },
};

const FINANCE: MajorScene = {
  key: 'finance',
  title: 'Finance system posts nothing on the last day of the month',
  description: 'Postings wait without end since ten. The close of the month is due tonight.',
  service: 'Finance system',
  team: 'Business Applications',
  severity: 3,
  startedMinutesAgo: 26 * DAY + 5 * HOUR,
  acts: [
    [5, 'commander', starts],
    [6, 'commander', phase('investigating')],
    [55, 'commander', phase('identified')],
    [58, 'commander', phase('fixing')],
    [80, 'commander', phase('monitoring')],
    [140, 'expert', resolves('Report that held the lock ended and moved to the night.')],
    [5 * HOUR, 'commander', phase('learning')],
    [3 * DAY, 'expert', reviewed('in_review')],
    [4 * DAY, 'commander', reviewed('reviewed')],
    [4 * DAY + 5, 'commander', { verb: 'close-major' }],
  ],
  roles: [[7, 'expert', 'expert']],
  entries: [
    [8, 'expert', 'observation', 'One session holds a lock on the ledger since 09:58.'],
    [40, 'expert', 'question', 'May we end a report that the auditors started?'],
    [55, 'commander', 'decision', 'Yes. The auditors agree and start it again tonight.'],
    [58, 'expert', 'action', 'Session ended. 1,300 postings go through at once.'],
  ],
  tasks: [],
  review: {
    Overview: 'Nothing could be posted for two hours and twenty minutes on the last day of the month.',
    Impact: 'The close was three hours late; no posting was lost.',
    'Contributing factors': 'A report held a lock on the ledger, and nobody could see whose it was.',
    Actions: 'Reports of that kind run at night.',
  },
};

export const MAJOR_SCENES: readonly MajorScene[] = [FINANCE, REMOTE_ACCESS, MAIL, LIVE];
