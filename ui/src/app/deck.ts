/** One <audio> and the piece of a take it holds, as a Blob URL of its own. */
import type { Failure } from '../ipc';

export const UNPLAYABLE: Failure = {
  code: null,
  message: 'The sound of this take cannot be played. Its file is kept; try again in a moment.',
};

export class Deck {
  readonly audio: HTMLAudioElement;
  /** Index of the piece it can play; -1 for none. */
  piece = -1;
  #url = '';
  #loading: { piece: number; done: Promise<boolean> } | null = null;

  constructor(audio: HTMLAudioElement) {
    this.audio = audio;
    audio.preservesPitch = true;
    // Older WebKit knows it under this name alone.
    Object.assign(audio, { webkitPreservesPitch: true });
  }

  /** Also for what is loaded later, which begins at the default rate. */
  set speed(speed: number) {
    this.audio.defaultPlaybackRate = speed;
    this.audio.playbackRate = speed;
  }

  loads(piece: number): boolean {
    return this.#loading?.piece === piece;
  }

  /** Makes a piece playable. False when another one was asked for meanwhile; rejects when it cannot be had. */
  load(piece: number, fetch: () => Promise<ArrayBuffer>): Promise<boolean> {
    if (this.#loading?.piece === piece) return this.#loading.done;
    if (this.piece === piece && !this.#loading) return Promise.resolve(true);
    const loading = { piece, done: Promise.resolve(false) };
    this.#loading = loading;
    loading.done = this.#load(piece, fetch, () => this.#loading === loading).finally(() => {
      if (this.#loading === loading) this.#loading = null;
    });
    return loading.done;
  }

  async #load(piece: number, fetch: () => Promise<ArrayBuffer>, current: () => boolean) {
    const bytes = await fetch();
    if (!current()) return false;
    this.audio.pause();
    this.piece = -1;
    URL.revokeObjectURL(this.#url);
    this.#url = URL.createObjectURL(new Blob([bytes], { type: 'audio/wav' }));
    await new Promise((resolve, reject) => {
      this.audio.onloadedmetadata = resolve;
      this.audio.onerror = () => reject(UNPLAYABLE);
      this.audio.src = this.#url;
    });
    if (!current()) return false;
    this.piece = piece;
    return true;
  }

  free() {
    this.#loading = null;
    this.piece = -1;
    this.audio.pause();
    this.audio.onloadedmetadata = null;
    this.audio.onerror = null;
    this.audio.removeAttribute('src');
    this.audio.load();
    URL.revokeObjectURL(this.#url);
  }
}
