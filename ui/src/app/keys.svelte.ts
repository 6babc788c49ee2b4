/** Hands key presses to the screen that listens. Fields, native controls and dialogs keep the keys they need. */
import { actionFor, KEYMAP, type KeyPlace, type Listener } from './keymap';

type Handlers<P extends KeyPlace> = { [K in keyof (typeof KEYMAP)[P]]?: () => void };
type Listening = Listener & { handlers: Record<string, (() => void) | undefined> };

/** A second key of a pair must follow within this time. */
const PAIR_MS = 1200;
const listening: Listening[] = [];
let first: { press: string; at: number } | null = null;

/** Listens while the calling component lives. */
export function useKeys<P extends KeyPlace>(place: P, handlers: Handlers<P>) {
  $effect(() => {
    const entry: Listening = { place, handlers, can: (action) => action in handlers };
    listening.push(entry);
    return () => {
      listening.splice(listening.indexOf(entry), 1);
    };
  });
}

export function startKeys() {
  window.addEventListener('keydown', (event) => {
    if (event.altKey || event.defaultPrevented) return;
    if (document.querySelector('dialog[open]')) return;
    if (event.ctrlKey || event.metaKey) {
      const handler = handlerOf(`Control+${event.key.toLowerCase()}`);
      if (!handler) return;
      event.preventDefault();
      if (!event.repeat) handler();
      return;
    }
    // The pad lives in a shadow root; seen from here it would be its host that is typed into.
    const target = event.composedPath()[0];
    if (target instanceof Element && keepsItself(target, event.key)) return;
    const handler = find(event.key.length === 1 ? event.key.toLowerCase() : event.key);
    if (!handler) return;
    event.preventDefault();
    // A key held down acts once, except where it moves.
    if (!event.repeat || event.key.startsWith('Arrow')) handler();
  });
}

function find(press: string): (() => void) | undefined {
  const before = first && performance.now() - first.at < PAIR_MS ? first.press : null;
  first = { press, at: performance.now() };
  return handlerOf(press, before);
}

function handlerOf(press: string, before: string | null = null): (() => void) | undefined {
  const found = actionFor(listening, press, before);
  return found?.listener.handlers[found.action];
}

function keepsItself(target: Element, press: string): boolean {
  if (target.matches('textarea, select, [contenteditable="true"]')) return true;
  if (target.matches('[role="slider"]')) return /^(Arrow|Page|Home|End)/.test(press);
  if (target.matches('input[type="radio"]')) {
    // Space does nothing on a chosen level, and Enter nothing on any: both are free.
    const chosen = (target as HTMLInputElement).checked;
    return press.startsWith('Arrow') || (press === ' ' && !chosen);
  }
  if (target.matches('input[type="checkbox"]')) return press === ' ';
  if (target.matches('input')) return true;
  return target.closest('button, a, summary') !== null && (press === 'Enter' || press === ' ');
}
