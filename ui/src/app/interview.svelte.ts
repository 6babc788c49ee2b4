/** The running session as the calm screen needs it: Rust's newest view, the newest clock reading, what to say. */
import { commands, events, failure, type Action, type Failure, type Interview } from '../ipc';
import { PulseReader } from './pulse.svelte';
import { announcement, LAST_MS, type Heard } from './announce';

export class Running {
  view = $state.raw<Interview | null>(null);
  loaded = $state(false);
  failure = $state.raw<Failure | null>(null);
  leftMs = $state(0);
  stageLeftMs = $state(0);
  /** For ears; the same sentence is on the screen in its place. */
  said = $state('');
  /** Thinking time has no budget of its own in the clock: its first reading is the whole. */
  thinkingMs = $state(0);
  pulse = new PulseReader();
  #heard: Heard | null = null;

  /** The last minute of an answer that had at least two. */
  get lastMinute(): boolean {
    return (
      this.view?.phase === 'answering' &&
      this.leftMs <= LAST_MS &&
      (this.view.clock?.budget_ms ?? 0) >= 2 * LAST_MS
    );
  }

  /** For `$effect`. */
  listen = () => {
    const stopPulse = this.pulse.listen((pulse) => {
      if (pulse.left_ms !== null) this.leftMs = pulse.left_ms;
      if (pulse.stage_left_ms !== null) this.stageLeftMs = pulse.stage_left_ms;
      this.#say();
    });
    const stop = events.interviewChanged.listen(({ payload }) => this.#take(payload));
    void this.#first();
    return () => {
      stopPulse();
      void stop.then((unlisten) => unlisten());
    };
  };

  async act(action: Action) {
    this.failure = null;
    try {
      this.#take(await commands.act(action));
    } catch (thrown) {
      this.failure = failure(thrown);
    }
  }

  async #first() {
    try {
      const view = await commands.interview();
      if (view) this.#take(view);
    } catch (thrown) {
      this.failure = failure(thrown);
    } finally {
      this.loaded = true;
    }
  }

  #take(view: Interview) {
    // An answer to a command may arrive after the event that followed it.
    if (this.view && view.revision < this.view.revision) return;
    const before = this.view?.phase;
    this.view = view;
    if (view.clock) {
      this.leftMs = view.clock.left_ms;
      this.stageLeftMs = view.clock.stage_left_ms;
    }
    if (view.phase === 'thinking' && before !== 'thinking') this.thinkingMs = this.leftMs;
    this.#say();
  }

  #say() {
    if (!this.view) return;
    const now: Heard = { view: this.view, lastMinute: this.lastMinute };
    this.said = announcement(this.#heard, now) ?? this.said;
    this.#heard = now;
  }
}
