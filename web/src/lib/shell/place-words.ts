/** Other words that find the places of the navigation: for the palette alone, which comes after the first load. */
export const PLACE_WORDS: Readonly<Record<string, string>> = {
  '/queue': 'everything all home',
  '/desk': 'service desk',
  '/change': 'calendar approval board standard emergency risk window freeze',
  '/on-call': 'schedule shift rota pager override swap duty',
  '/release': 'deployment checklist go no-go rollback hypercare',
  '/problem/knowledge': 'known errors articles workaround',
  '/problem/trends': 'pareto heat map control chart recurrence cluster report',
  '/incident/metrics': 'metrics report mttr mtta mttd mttm',
  '/release/metrics': 'metrics dora lead time change failure rate',
  '/announcements': 'outage maintenance degradation planned status',
  '/me/channels': 'notifications news mail email push device settings preferences',
  '/me/refused': 'rejected lost writing recover',
  '/help': 'about guide',
};
