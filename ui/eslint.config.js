import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

const tauriOnlyInIpc = {
  patterns: [
    {
      group: ['@tauri-apps/*'],
      message: 'Only src/ipc talks to Tauri. Use what src/ipc exports.',
    },
    {
      group: ['**/ipc/generated', '**/ipc/bytes', '**/ipc/fake/*'],
      message: 'Import from src/ipc, the one door.',
    },
  ],
};

export default ts.config(
  { ignores: ['dist', 'dist-fake', 'node_modules', 'src/ipc/generated.ts'] },
  js.configs.recommended,
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  { languageOptions: { globals: globals.browser } },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser } },
    rules: {
      // The router is ours; there is no SvelteKit resolve().
      'svelte/no-navigation-without-resolve': 'off',
    },
  },
  {
    rules: {
      'no-restricted-imports': ['error', tauriOnlyInIpc],
      'no-restricted-syntax': [
        'error',
        {
          selector: 'ImportExpression[source.value=/^@tauri-apps/]',
          message: 'Only src/ipc talks to Tauri.',
        },
      ],
      'svelte/no-at-html-tags': 'error',
      eqeqeq: ['error', 'always'],
    },
  },
  { files: ['src/ipc/**'], rules: { 'no-restricted-imports': 'off' } },
  // The one place that shows HTML, which Rust has made safe.
  { files: ['src/components/Prose.svelte'], rules: { 'svelte/no-at-html-tags': 'off' } },
);
