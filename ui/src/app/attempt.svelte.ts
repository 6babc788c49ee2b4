/** What a screen asks Rust to do: whether it is on its way, and why the last one came to nothing. */
import { failure, type Failure } from '../ipc';

export class Attempt {
  failure = $state.raw<Failure | null>(null);
  busy = $state(false);

  /** Whether it was done; if not, `failure` says why. */
  async run(work: () => Promise<unknown>): Promise<boolean> {
    this.failure = null;
    try {
      await work();
      return true;
    } catch (thrown) {
      this.failure = failure(thrown);
      return false;
    }
  }

  /** As `run`, but a second press while the first is on its way does nothing. */
  async once(work: () => Promise<unknown>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    try {
      return await this.run(work);
    } finally {
      this.busy = false;
    }
  }
}
