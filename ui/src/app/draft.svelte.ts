/** A grade while it is being given, by the person or by a peer: nothing of it is kept before it is locked. */
import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import type { GradeInput, Level, SignalView } from '../ipc';

export class Draft {
  readonly levels = new SvelteMap<string, Level>();
  readonly heard = new SvelteSet<number>();
  readonly flags = new SvelteSet<number>();
  /** The signal one is on. */
  focused = $state<string | null>(null);
  /** The level whose words are shown. */
  described = $state.raw<{ signal: SignalView; level: Level } | null>(null);

  /** Gives the focused signal this level, or the next one that has none; which one it was. */
  give(level: Level, signals: SignalView[]): SignalView | null {
    const signal = signals.find((one) =>
      this.focused ? one.id === this.focused : !this.levels.has(one.id),
    );
    if (!signal) return null;
    this.levels.set(signal.id, level);
    this.described = { signal, level };
    return signal;
  }

  get input(): GradeInput {
    const inOrder = (set: Set<number>) => [...set].sort((a, b) => a - b);
    return {
      levels: Object.fromEntries(this.levels),
      heard: inOrder(this.heard),
      flags: inOrder(this.flags),
    };
  }

  clear() {
    this.levels.clear();
    this.heard.clear();
    this.flags.clear();
    this.focused = null;
    this.described = null;
  }
}
