/** Hands what is typed to Rust: changes of a moment composed into one edit, one edit after the other. */
import type { ChangeSet } from '@codemirror/state';
import { commands, failure, type Failure, type PadChange } from '../../ipc';

/** Short enough that replay looks like typing. */
const BATCH_MS = 120;
/** Beyond every end: the whole text. */
const END = 0xffff_ffff;

export class PadWriter {
  #pending: ChangeSet | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #sending: Promise<void> | null = null;
  /** An edit did not arrive: positions no longer agree, so the next one replaces everything. */
  #lost = false;
  #text: () => string;
  #ontrouble: (failure: Failure | null) => void;

  constructor(text: () => string, ontrouble: (failure: Failure | null) => void) {
    this.#text = text;
    this.#ontrouble = ontrouble;
  }

  add(changes: ChangeSet) {
    this.#pending = this.#pending ? this.#pending.compose(changes) : changes;
    this.#timer ??= setTimeout(() => void this.flush(), BATCH_MS);
  }

  /** Sends what waits. Commands may overtake each other, so one must have arrived before the next goes. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#sending ??= this.#send().finally(() => {
      this.#sending = null;
    });
    return this.#sending;
  }

  async #send() {
    while (this.#pending) {
      const changes = this.#lost ? whole(this.#text()) : listed(this.#pending);
      this.#pending = null;
      if (changes.length === 0) continue;
      try {
        await commands.writePad(changes);
        this.#lost = false;
        this.#ontrouble(null);
      } catch (thrown) {
        this.#lost = true;
        this.#ontrouble(failure(thrown));
        return;
      }
    }
  }
}

const whole = (insert: string): PadChange[] => [{ from: 0, to: END, insert }];

/** In order of position, counted in the text before the edit: both hold for a composed set too. */
export function listed(set: ChangeSet): PadChange[] {
  const changes: PadChange[] = [];
  set.iterChanges((from, to, _fromNow, _toNow, insert) => {
    changes.push({ from, to, insert: insert.toString() });
  });
  return changes;
}
