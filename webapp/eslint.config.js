import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/** Rooms of the page: what each may not reach into. Drawing, transport and controls do not know each other. */
const arrows = [
  { room: 'client', never: ['mirror', 'cloth', 'looks', 'results', 'fabric', 'session', 'shell'] },
  { room: 'mirror', never: ['client', 'cloth', 'looks', 'results', 'fabric', 'session'] },
  { room: 'cloth', never: ['client', 'mirror', 'looks', 'results', 'fabric', 'session', 'shell'] },
  { room: 'looks', never: ['mirror', 'cloth', 'results', 'fabric'] },
  { room: 'results', never: ['mirror', 'cloth', 'looks', 'fabric', 'client'] },
  { room: 'fabric', never: ['mirror'] },
];

/**
 * @param {readonly string[]} rooms
 * @returns {['error', { patterns: { group: string[]; message: string }[] }]}
 */
function forbid(rooms) {
  const group = rooms.flatMap((room) => [`../${room}`, `../${room}/*`]);
  return ['error', { patterns: [{ group, message: 'Another room.' }] }];
}

export default defineConfig(
  { ignores: ['dist', 'node_modules'] },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  reactHooks.configs.flat['recommended-latest'],
  {
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      'max-lines': ['error', { max: 300, skipBlankLines: false }],
      'no-console': 'error',
    },
  },
  {
    files: ['src/**/*.tsx'],
    rules: { 'max-lines': ['error', { max: 150 }] },
  },
  ...arrows.map(({ room, never }) => ({
    files: [`src/${room}/**/*.{ts,tsx}`],
    rules: { 'no-restricted-imports': forbid(never) },
  })),
  {
    // Scripts that node runs as they are: tsc checks their types, and knows node's globals.
    files: ['**/*.mjs'],
    extends: [tseslint.configs.disableTypeChecked],
    rules: { 'no-undef': 'off', 'no-console': 'off' },
  },
  {
    // node:test and Vitest collect what their functions return.
    files: ['**/*.test.ts', 'e2e/**'],
    rules: { '@typescript-eslint/no-floating-promises': 'off' },
  },
);
