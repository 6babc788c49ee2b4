/** Keeps what is being written: a while after the last key, and whenever it is asked to. Never two at once. */
import { failure, type Failure } from '../ipc';

/** Each save is a row of its own in the library, so not for every word. */
const REST_MS = 1500;

export class Saver<T> {
  /** What is on disk is what is on screen. */
  saved = $state(true);
  /** Something was saved since the screen opened. */
  ever = $state(false);
  failure = $state.raw<Failure | null>(null);
  #read: () => T;
  #save: (value: T) => Promise<unknown>;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #changes = 0;
  #running: Promise<void> | null = null;

  constructor(read: () => T, save: (value: T) => Promise<unknown>) {
    this.#read = read;
    this.#save = save;
  }

  changed() {
    this.#changes += 1;
    this.saved = false;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.now(), REST_MS);
  }

  /** Saves at once what is not saved yet. */
  now(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.saved) return Promise.resolve();
    this.#running ??= this.#run().finally(() => (this.#running = null));
    return this.#running;
  }

  async #run() {
    while (!this.saved) {
      const saving = this.#changes;
      try {
        await this.#save(this.#read());
      } catch (thrown) {
        this.failure = failure(thrown);
        return;
      }
      this.failure = null;
      this.ever = true;
      this.saved = saving === this.#changes;
    }
  }
}
