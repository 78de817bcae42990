// Import walls inside the web client. dependency-cruiser sees compiled components, where an `import type`
// is gone; these blocks see the source.
import { processes } from '../processes.mjs';

const YJS = '^(yjs|y-websocket|y-protocols|lib0)(/|$)';

/**
 * @param {string} name
 * @returns {import('eslint').Linter.Config}
 */
function processWall(name) {
  const others = processes.filter((other) => other !== name).join('|');
  return {
    name: `muster/wall/${name}`,
    files: [`web/src/lib/${name}/**`],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: `^(#lib/|(\\.\\.?/)*\\.\\./)(lib/)?(${others})(/|$)`,
              message: 'A process folder never imports another: compose them in web/src/routes/.',
            },
            { regex: YJS, message: 'Read through lib/live and change by a command.' },
          ],
        },
      ],
    },
  };
}

/** @type {import('eslint').Linter.Config} */
const uiWall = {
  name: 'muster/wall/ui',
  files: ['web/src/lib/ui/**'],
  ignores: ['**/*.test.ts'],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          { regex: '^@muster/', message: 'Give the component what it shows as props.' },
          { regex: '^#lib/(?!ui/|styles/)', message: 'lib/ui knows no other part of the client.' },
          { regex: YJS, message: 'lib/ui knows no document.' },
        ],
      },
    ],
  },
};

export const webWalls = [...processes.map(processWall), uiWall];
