/** The one long work there may be, as Rust tells it; how it ended is said once, wherever one is. */
import { commands, events, type WorkView } from '../ipc';
import { messages } from './messages.svelte';

class Work {
  now = $state.raw<WorkView | null>(null);
  /** Set by the screen that shows the result itself. */
  shown = false;
  /** Told when work ends: what a screen shows may have changed. */
  onended: (() => void) | null = null;

  get running(): boolean {
    return this.now?.state === 'running';
  }

  /** For `$effect`, once in the window's life. */
  listen = () => {
    const stop = events.workChanged.listen(({ payload }) => this.#take(payload));
    void commands.work().then(
      (now) => (this.now ??= now),
      // Without an answer there is nothing to show; the event brings the next change.
      () => undefined,
    );
    return () => {
      void stop.then((unlisten) => unlisten());
    };
  };

  /** What a command that starts work answered; its first event may have come before. */
  begun(view: WorkView) {
    if (!this.running && this.now?.title !== view.title) this.now = view;
  }

  #take(view: WorkView | null) {
    const ended = view !== null && view.state !== 'running';
    this.now = view;
    if (!ended) return;
    if (!this.shown) messages.show({ text: view.sentence });
    this.onended?.();
  }
}

export const work = new Work();

/** `42 %`; never quite all of it before it is over. */
export function percent(view: WorkView): string {
  return `${Math.min(99, Math.floor(view.share * 100))} %`;
}
