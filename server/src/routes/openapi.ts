import type { GenerateSpecOptions } from 'hono-openapi';

/** What stands around the routes in `/api/openapi.json`. */
export const openApiOptions: Partial<GenerateSpecOptions> = {
  // a table has a name that ends like a file's
  excludeStaticFile: false,
  defaultValidationErrorResponse: false,
  exclude: ['/api/openapi.json', /^\/api\/docs/],
  documentation: {
    openapi: '3.1.0',
    info: {
      title: 'Muster',
      version: '1',
      description:
        'People call with their session cookie, machines with a scoped key as bearer token. ' +
        'Every error is a problem detail (RFC 9457) with a stable `code`. Times are epoch milliseconds, UTC.',
    },
    tags: [
      { name: 'session', description: 'Signing in and out' },
      { name: 'people', description: 'People, invitations, keys, teams and services' },
      { name: 'records', description: 'Records, commands and documents' },
      { name: 'changes', description: 'Changes and the rules that they go by' },
      { name: 'releases', description: 'Releases, the gate for machines and deployments' },
      { name: 'problems', description: 'Problems, known errors and knowledge' },
      {
        name: 'configuration',
        description: 'Configuration items, how they hang together, and imports of them',
      },
      { name: 'webhooks', description: 'Telling other systems what happens here' },
      { name: 'import', description: 'Bringing histories in from elsewhere' },
      { name: 'operation', description: 'For those who run the server' },
    ],
    security: [{ session: [] }, { key: [] }],
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'muster.session_token' },
        key: { type: 'http', scheme: 'bearer' },
      },
    },
  },
};
