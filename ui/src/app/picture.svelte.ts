/** The peaks of a take as the picture needs them: the whole coarsely, what is looked at finely. */
import { failure, takePeaks, type Failure } from '../ipc';
import { wantedFor, wholeTake, type Peaks, type Wanted } from './peaks';
import type { Span } from './silence';

export class Picture {
  whole = $state.raw<Peaks | null>(null);
  /** Finer, around what is shown; the last one stays until the next is there. */
  near = $state.raw<Peaks | null>(null);
  failure = $state.raw<Failure | null>(null);
  #take: string;
  #seconds: number;
  #bins = 0;
  #asking = false;
  #shown: { view: Span; width: number } | null = null;
  #next: Wanted | null = null;

  constructor(take: string, seconds: number) {
    this.#take = take;
    this.#seconds = seconds;
  }

  /** This is shown now, so wide. */
  look(view: Span, width: number) {
    if (width < 1 || this.#seconds <= 0) return;
    this.#shown = { view, width };
    const whole = wholeTake(this.#seconds, width);
    if (whole.bins !== this.#bins) {
      this.#bins = whole.bins;
      void this.#ask(whole).then((peaks) => {
        if (peaks && whole.bins === this.#bins) this.whole = peaks;
      });
    }
    this.#next = wantedFor(view, this.#seconds, width, this.near);
    void this.#fetch();
  }

  /** Asks again after a failure. */
  again() {
    this.failure = null;
    this.#bins = 0;
    if (this.#shown) this.look(this.#shown.view, this.#shown.width);
  }

  /** One question at a time; of those that came up meanwhile only the latest. */
  async #fetch() {
    if (this.#asking) return;
    this.#asking = true;
    while (this.#next) {
      const wanted = this.#next;
      this.#next = null;
      const peaks = await this.#ask(wanted);
      if (!peaks) break;
      this.near = peaks;
    }
    this.#asking = false;
  }

  async #ask(wanted: Wanted): Promise<Peaks | null> {
    try {
      const pairs = await takePeaks(this.#take, wanted.from, wanted.to, wanted.bins);
      this.failure = null;
      return { from: wanted.from, bin: wanted.bin, pairs };
    } catch (thrown) {
      this.failure = failure(thrown);
      return null;
    }
  }
}
