/** Something a screen asks Rust for: not there yet, there, or failed with a sentence. */
import { failure, type Failure } from '../ipc';

/** Sooner than this a spinner would only flicker. */
const SLOW_MS = 300;

export class Load<T> {
  value = $state.raw<T | null>(null);
  failure = $state.raw<Failure | null>(null);
  slow = $state(false);
  #ask: () => Promise<T>;
  #run = 0;

  constructor(ask: () => Promise<T>) {
    this.#ask = ask;
    void this.again();
  }

  /** Asks again; what is on screen stays until the answer is there. */
  async again() {
    const mine = ++this.#run;
    this.failure = null;
    const timer = setTimeout(() => {
      if (mine === this.#run && this.value === null) this.slow = true;
    }, SLOW_MS);
    try {
      const value = await this.#ask();
      if (mine === this.#run) this.value = value;
    } catch (thrown) {
      if (mine === this.#run) this.failure = failure(thrown);
    } finally {
      clearTimeout(timer);
      if (mine === this.#run) this.slow = false;
    }
  }
}
