// Lint for the whole workspace: what types, formatting and boundaries do not catch.
import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import svelte from 'eslint-plugin-svelte';
import tseslint from 'typescript-eslint';
import { root } from './src/bootstrap/paths.mjs';
import {
  bannedEverywhere,
  bannedInDomain,
  bannedInWeb,
  bannedOutsideConfiguration,
  globalsOutOfDomain,
} from './src/lint/syntax.mjs';
import { webWalls } from './src/lint/walls.mjs';

const ours = [...bannedEverywhere, ...bannedOutsideConfiguration];

export default defineConfig(
  {
    ignores: [
      '**/node_modules/**',
      '.tools/**',
      '**/.svelte-kit/**',
      'web/build/**',
      'server/build/**',
      '**/test-results/**',
      '**/data/**',
    ],
  },
  js.configs.recommended,
  tseslint.configs.recommended,
  svelte.configs.recommended,
  {
    name: 'muster/everywhere',
    files: ['**/*.{ts,mjs,svelte}'],
    rules: {
      // the compiler knows what is defined, in every file it reads
      'no-undef': 'off',
      'max-lines': ['error', { max: 500, skipBlankLines: false }],
      'no-restricted-syntax': ['error', ...ours],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  {
    name: 'muster/promises',
    files: ['{packages,server}/**/*.ts', 'test/**/*.ts', 'web/src/**/*.ts'],
    // the service worker has a project of its own that only the compiler reads
    ignores: ['web/src/service-worker/**', '**/*.svelte.ts', '**/*.svelte.test.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: root } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
    },
  },
  {
    name: 'muster/components',
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
    rules: {
      'svelte/no-at-html-tags': 'error',
      'svelte/button-has-type': 'error',
      'svelte/no-unused-props': 'error',
      // resolve() is for sites below a base path; Muster is served from the root
      'svelte/no-navigation-without-resolve': 'off',
      'prefer-const': 'off',
      // sets and maps that are replaced whole live in $state.raw; reactive copies of 20,000 ids would cost seconds
      'svelte/prefer-svelte-reactivity': 'off',
      'svelte/prefer-const': 'error',
    },
  },
  {
    name: 'muster/domain-is-pure',
    files: ['packages/domain/src/**/*.ts'],
    ignores: ['**/*.test.ts', '**/{test-support,testing}/**'],
    rules: {
      'no-restricted-syntax': ['error', ...ours, ...bannedInDomain],
      'no-restricted-globals': ['error', ...globalsOutOfDomain],
    },
  },
  {
    name: 'muster/one-way-of-dates',
    files: ['web/src/**/*.{ts,svelte}'],
    ignores: ['web/src/lib/ui/date-format.ts'],
    rules: { 'no-restricted-syntax': ['error', ...ours, ...bannedInWeb] },
  },
  ...webWalls,
  {
    name: 'muster/tests',
    files: ['**/*.test.ts', '**/*.spec.ts'],
    rules: { 'max-lines': ['error', { max: 600 }] },
  },
  {
    name: 'muster/configuration',
    files: ['**/*.config.{ts,mjs}'],
    rules: { 'no-restricted-syntax': ['error', ...bannedEverywhere] },
  },
);
