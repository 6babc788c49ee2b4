/**
 * The editor of the pad. It lives in a shadow root, where CodeMirror hands its styles over as style sheets; in the
 * document itself it would write <style> elements, which the content security policy forbids.
 */
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { bracketMatching, indentOnInput, indentUnit, StreamLanguage } from '@codemirror/language';
import { go } from '@codemirror/legacy-modes/mode/go';
import { Compartment, EditorState, Prec, type ChangeSet } from '@codemirror/state';
import { EditorView, keymap, lineNumbers } from '@codemirror/view';
import type { Pad } from '../../ipc';
import { markdown } from './markdown';
import { look } from './look';

interface Options {
  kind: Pad;
  text: string;
  label: string;
  onchange: (changes: ChangeSet) => void;
  onleave: () => void;
  onblur: () => void;
}

export interface Editor {
  focus: () => void;
  lock: (locked: boolean) => void;
  text: () => string;
  close: () => void;
}

export function openEditor(host: HTMLElement, options: Options): Editor {
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
  const locked = new Compartment();
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: options.text,
      extensions: [
        Prec.highest(keymap.of([{ key: 'Escape', run: () => (options.onleave(), true) }])),
        history(),
        bracketMatching(),
        indentOnInput(),
        options.kind === 'go'
          ? [
              StreamLanguage.define(go),
              indentUnit.of('\t'),
              EditorState.tabSize.of(4),
              lineNumbers(),
            ]
          : [markdown, indentUnit.of('  '), EditorView.lineWrapping],
        keymap.of([...defaultKeymap, ...historyKeymap, indentWithTab]),
        look,
        locked.of([]),
        EditorView.contentAttributes.of({ 'aria-label': options.label }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) options.onchange(update.changes);
          if (update.focusChanged && !update.view.hasFocus) options.onblur();
        }),
      ],
    }),
  });
  return {
    focus: () => view.focus(),
    lock: (now) =>
      view.dispatch({ effects: locked.reconfigure(now ? EditorState.readOnly.of(true) : []) }),
    text: () => view.state.doc.toString(),
    close: () => view.destroy(),
  };
}
