/** The editor in the app's own tokens, which reach into its shadow root as custom properties do. */
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

const surface = EditorView.theme({
  '&': { height: '100%', color: 'var(--ink)', backgroundColor: 'transparent' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { font: '400 0.875rem/1.4rem var(--mono)', overflow: 'auto' },
  '.cm-content': { padding: '14px 0', caretColor: 'var(--ink)' },
  '.cm-line': { padding: '0 16px 0 12px' },
  '.cm-gutters': {
    minWidth: '2.6rem',
    border: '0',
    backgroundColor: 'transparent',
    color: 'var(--soft)',
  },
  '.cm-lineNumbers .cm-gutterElement': { paddingLeft: '12px' },
  '&.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--wash)', outline: 'none' },
  '&.cm-focused .cm-nonmatchingBracket': { backgroundColor: 'transparent', color: 'var(--live)' },
  '.cm-content ::selection': { backgroundColor: 'var(--accent)', color: 'var(--on-accent)' },
});

const words = HighlightStyle.define([
  { tag: [tags.keyword, tags.controlKeyword, tags.processingInstruction], color: 'var(--accent)' },
  { tag: [tags.string, tags.number, tags.bool, tags.atom], color: 'var(--warn)' },
  { tag: [tags.comment, tags.quote], color: 'var(--soft)', fontStyle: 'italic' },
  { tag: [tags.heading, tags.strong], fontWeight: '700' },
  { tag: tags.emphasis, fontStyle: 'italic' },
  { tag: [tags.link, tags.url], color: 'var(--accent)', textDecoration: 'underline' },
  { tag: tags.monospace, color: 'var(--warn)' },
]);

export const look = [surface, syntaxHighlighting(words)];
