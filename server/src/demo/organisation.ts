/** The organisation of the demonstration: invented names, the shape of a company of some hundred people. */

export interface DemoTeam {
  readonly name: string;
  readonly size: number;
}

export const DEMO_TEAMS = [
  { name: 'Service Desk', size: 14 },
  { name: 'Workplace', size: 8 },
  { name: 'Network', size: 6 },
  { name: 'Platform', size: 7 },
  { name: 'Business Applications', size: 7 },
  { name: 'Data and Reporting', size: 5 },
  { name: 'Security', size: 5 },
] as const satisfies readonly DemoTeam[];

export type DemoTeamName = (typeof DEMO_TEAMS)[number]['name'];

export const FIRST_NAMES = [
  'Amara',
  'Bruno',
  'Chiara',
  'Dmitri',
  'Elif',
  'Farah',
  'Goran',
  'Hanne',
  'Ines',
  'Jonas',
  'Katya',
  'Lucas',
  'Mei',
  'Noor',
  'Oskar',
  'Priya',
  'Quentin',
  'Rosa',
  'Sami',
  'Tamsin',
  'Umut',
  'Vera',
  'Wanda',
  'Xavier',
  'Yusuf',
  'Zofia',
  'Aaron',
  'Bianca',
  'Cem',
  'Dalia',
] as const;

export const LAST_NAMES = [
  'Okafor',
  'Lindqvist',
  'Marchetti',
  'Volkov',
  'Demir',
  'Haddad',
  'Petrov',
  'Jansen',
  'Carvalho',
  'Weber',
  'Sokolova',
  'Moreau',
  'Chen',
  'Rahman',
  'Nilsen',
  'Sharma',
  'Dubois',
  'Alvarez',
  'Virtanen',
  'Whitlock',
  'Yilmaz',
  'Novak',
  'Kowalska',
  'Laurent',
  'Aziz',
  'Zielinski',
  'Berg',
  'Romano',
  'Aydin',
  'Cohen',
] as const;

export interface DemoService {
  readonly name: string;
  readonly team: DemoTeamName;
  /** Business criticality, 1 (highest) to 4. */
  readonly criticality: 1 | 2 | 3 | 4;
  readonly category: string;
}

export const DEMO_SERVICES: readonly DemoService[] = [
  { name: 'E-mail', team: 'Workplace', criticality: 1, category: 'Communication' },
  { name: 'Calendar', team: 'Workplace', criticality: 2, category: 'Communication' },
  { name: 'Telephony', team: 'Network', criticality: 2, category: 'Communication' },
  { name: 'Video meetings', team: 'Workplace', criticality: 2, category: 'Communication' },
  { name: 'Laptops', team: 'Workplace', criticality: 3, category: 'Hardware' },
  { name: 'Printing', team: 'Workplace', criticality: 4, category: 'Hardware' },
  { name: 'Mobile phones', team: 'Workplace', criticality: 3, category: 'Hardware' },
  { name: 'Office Wi-Fi', team: 'Network', criticality: 2, category: 'Network' },
  { name: 'Remote access (VPN)', team: 'Network', criticality: 1, category: 'Network' },
  { name: 'Warehouse network', team: 'Network', criticality: 1, category: 'Network' },
  { name: 'Internet access', team: 'Network', criticality: 1, category: 'Network' },
  { name: 'Identity and sign-in', team: 'Security', criticality: 1, category: 'Access' },
  { name: 'Badge and doors', team: 'Security', criticality: 3, category: 'Access' },
  { name: 'Password vault', team: 'Security', criticality: 3, category: 'Access' },
  { name: 'File shares', team: 'Platform', criticality: 2, category: 'Storage' },
  { name: 'Backup', team: 'Platform', criticality: 2, category: 'Storage' },
  { name: 'Virtual servers', team: 'Platform', criticality: 2, category: 'Infrastructure' },
  { name: 'Container platform', team: 'Platform', criticality: 2, category: 'Infrastructure' },
  { name: 'Finance system', team: 'Business Applications', criticality: 1, category: 'Applications' },
  { name: 'Payroll', team: 'Business Applications', criticality: 1, category: 'Applications' },
  { name: 'Customer records', team: 'Business Applications', criticality: 1, category: 'Applications' },
  { name: 'Web shop', team: 'Business Applications', criticality: 1, category: 'Applications' },
  { name: 'Intranet', team: 'Business Applications', criticality: 4, category: 'Applications' },
  { name: 'Sales reports', team: 'Data and Reporting', criticality: 3, category: 'Data' },
  { name: 'Data warehouse', team: 'Data and Reporting', criticality: 2, category: 'Data' },
];
