/** Markdown for the editor, without the parsers of every language it may quote. */
import { defineLanguageFacet, Language, languageDataProp } from '@codemirror/language';
import { parser } from '@lezer/markdown';

const data = defineLanguageFacet({ commentTokens: { block: { open: '<!--', close: '-->' } } });

export const markdown = new Language(
  data,
  parser.configure({ props: [languageDataProp.add({ Document: data })] }),
  [],
  'markdown',
);
