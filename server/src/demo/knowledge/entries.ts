import type { KnowledgeFields, KnowledgeKind } from '@muster/domain/problem';

/** How far one of the demonstration has come. */
export type Stage = 'draft' | 'review' | 'published' | 'next-draft' | 'due' | 'retired' | 'superseded';

export interface DemoKnowledge {
  readonly key: string;
  readonly kind: KnowledgeKind;
  readonly service: string;
  readonly told: Pick<KnowledgeFields, 'title' | 'symptom' | 'workaround' | 'cause' | 'errorCode'>;
  readonly words: readonly string[];
  readonly audience: KnowledgeFields['audience'];
  readonly stage: Stage;
  readonly text: readonly string[];
  /** People whom it helped, and whom it did not, with what one of them said. */
  readonly helped: number;
  readonly complaint?: string;
  /** By its key in `demo/problems`: the problem that it was written about. */
  readonly problem?: string;
}

const error = (
  key: string,
  service: string,
  [title, symptom, workaround, cause, errorCode]: readonly [string, string, string, string, string],
  more: Partial<
    Pick<DemoKnowledge, 'words' | 'audience' | 'stage' | 'text' | 'helped' | 'complaint' | 'problem'>
  > = {},
): DemoKnowledge => ({
  ...{ key, kind: 'known-error', service, told: { title, symptom, workaround, cause, errorCode } },
  ...{ words: [], audience: 'staff', stage: 'published', text: [], helped: 0, ...more },
});

const article = (
  key: string,
  service: string,
  title: string,
  words: readonly string[],
  text: readonly string[],
  helped = 0,
): DemoKnowledge => ({
  ...{ key, kind: 'article', service, words, text, helped, audience: 'everybody', stage: 'published' },
  told: { title, symptom: '', workaround: '', cause: '', errorCode: '' },
});

/** What this organisation knows already; the first two of a superseded pair in the order in which they came. */
export const DEMO_KNOWLEDGE: readonly DemoKnowledge[] = [
  error(
    'vpn-password',
    'Remote access (VPN)',
    [
      'VPN asks for the password again and again',
      'Signing in works, and after a minute the client asks for the password again. It begins on the day after a password was changed.',
      'Remove the cached password: client, Settings, Accounts, Forget. Then sign in once with the new one.',
      'The client keeps the old password and tries it in the background.',
      'AUTH-691',
    ],
    {
      words: ['vpn', 'tunnel', 'home office'],
      audience: 'everybody',
      helped: 9,
      complaint: 'The menu is called Profile on the Mac.',
      text: [
        'On the Mac the setting is under Profile, Credentials.',
        'Three tries in a row lock the account for ten minutes.',
      ],
    },
  ),
  error(
    'wifi-leases',
    'Office Wi-Fi',
    [
      'Wi-Fi connects, and no device gets an address',
      'The network name is there, devices connect, and no page opens. A cable works.',
      'Cut the lease time of the site to two hours; devices get an address within minutes.',
      'The address pool of a site has 254 leases. Events bring more devices than that.',
      '',
    ],
    { words: ['wifi', 'dhcp', 'lease'], helped: 4 },
  ),
  error(
    'locked-by-phone',
    'Identity and sign-in',
    [
      'Account is locked again and again',
      'The account is locked every morning, though nobody mistyped the password.',
      'Sign the old phone out, or delete its mail account; then unlock the account.',
      'A phone that is not used any more still tries the former password, up to 40 times an hour.',
      'LOCK-4740',
    ],
    { words: ['locked', 'account', 'phone'], audience: 'everybody', helped: 12 },
  ),
  error(
    'relay-certificate',
    'E-mail',
    [
      'Mail to some partners stays in the queue',
      'Mail to two or three partners does not arrive; the queue says that the handshake failed.',
      'Send through the second relay: set the route of the partner to relay-b.',
      'The relay offers a cipher that the partners switched off.',
      'TLS-0x14',
    ],
    { words: ['relay', 'queue', 'partner'], stage: 'next-draft', helped: 2 },
  ),
  error(
    'labels-shifted',
    'Printing',
    [
      'Labels are printed half a label too low',
      'After paper was changed, every label is shifted by half.',
      'Hold Feed for three seconds: the printer measures the paper anew.',
      'The sensor keeps the length of the last roll.',
      '',
    ],
    { words: ['label', 'printer', 'warehouse'], stage: 'due', helped: 3 },
  ),
  error(
    'scanners-aisle-old',
    'Warehouse network',
    ['Hand scanners lose the connection', 'Scanners drop in the aisles.', 'Restart the scanner.', '', ''],
    { stage: 'superseded' },
  ),
  error(
    'scanners-aisle',
    'Warehouse network',
    [
      'Hand scanners lose the connection behind metal shelves',
      'In one or two aisles scanners drop, and come back at the end of the aisle.',
      'Move the access point two metres from the shelf; until then scan at the end of the aisle.',
      'Metal shelves shadow the access point.',
      '',
    ],
    { words: ['scanner', 'aisle', 'shelf'], helped: 5, problem: 'warehouse-shadow' },
  ),
  error(
    'payroll-apostrophe',
    'Payroll',
    [
      'The nightly job stops at a name with an apostrophe',
      'New colleagues have no account on their first day; the log ends at one name.',
      'Take the apostrophe out of the name in the personnel system, and run the job again.',
      'The job does not escape names.',
      'JOB-22',
    ],
    { words: ['job', 'name', 'new colleagues'], stage: 'review' },
  ),
  error(
    'shares-slow',
    'File shares',
    [
      'File shares are slow on Mondays',
      'Opening a folder takes a minute between eight and nine.',
      '',
      '',
      '',
    ],
    { stage: 'draft' },
  ),
  error(
    'old-browser',
    'Intranet',
    ['Intranet shows no menus', 'Menus stay empty in the old browser.', 'Use the new browser.', '', ''],
    { stage: 'retired' },
  ),
  article(
    'first-day',
    'Laptops',
    'Your first day: laptop, phone and accounts',
    ['new', 'start', 'onboarding'],
    [
      'Your laptop waits at the service desk. Bring your badge.',
      'Sign in with the name on the card in the box, and choose a password of at least twelve characters.',
      'Mail and calendar come by themselves within an hour. When they do not, write a request: the form finds you by your name.',
    ],
    7,
  ),
  article(
    'away',
    'E-mail',
    'Set an out-of-office answer, also for outside',
    ['vacation', 'absence', 'holiday'],
    [
      'Open Settings, Automatic answers.',
      'Write two texts: one for colleagues, one for everybody else. Name who stands in for you in both.',
      'Set the end: the answer then goes off by itself.',
    ],
    15,
  ),
  error(
    'vpn-monday',
    'Remote access (VPN)',
    [
      'Remote access drops on Monday mornings',
      'Between eight and ten on Mondays the tunnel closes a minute after it opened.',
      'Sign out and in again; the second sign-in holds.',
      'The address pool is renewed on Sunday night, and half of it stays taken.',
      '',
    ],
    { words: ['vpn', 'tunnel', 'address pool'], helped: 6, problem: 'vpn-lease' },
  ),
];
