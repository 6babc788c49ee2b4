/**
 * An <audio> and the sound it plays: one piece of a take at a time, as a Blob URL, and the next one at hand. One
 * element and not two in turn, because in WebKitGTK an element that was opened a while ago begins late.
 */
import type { Failure } from '../ipc';

/** WebKit now and then fails to open a Blob that it opens a moment later. */
const TRIES = 3;
/** What was opened longer ago and never played begins as much too late; it is opened anew. */
const FRESH_MS = 250;

/** Seconds that make no difference. */
const EXACT_S = 0.01;
/** No seek takes longer than this. */
const SEEK_MS = 500;

export const UNPLAYABLE: Failure = {
  code: null,
  message: 'The sound of this take cannot be played. Its file is kept; try again in a moment.',
};

export class Deck {
  readonly audio: HTMLAudioElement;
  /** Index of the piece that can be played; -1 for none. */
  piece = -1;
  #get: (piece: number) => Promise<ArrayBuffer>;
  /** What is here or on its way: the piece that plays and another one. */
  #held = new Map<number, Promise<Blob>>();
  #opening: { piece: number; done: Promise<boolean> } | null = null;
  #url = '';
  #opened = 0;
  #played = false;
  #starting: Promise<void> | null = null;
  #waiting = 0;
  #pauses = 0;

  constructor(audio: HTMLAudioElement, get: (piece: number) => Promise<ArrayBuffer>) {
    this.audio = audio;
    this.#get = get;
    // Reading ahead in what is in memory only takes time, and is when WebKit fails.
    audio.preload = 'metadata';
    audio.preservesPitch = true;
    // Older WebKit knows it under this name alone.
    Object.assign(audio, { webkitPreservesPitch: true });
    audio.onplaying = () => (this.#played = true);
  }

  /** Also for what is opened later, which begins at the default rate. */
  set speed(speed: number) {
    this.audio.defaultPlaybackRate = speed;
    this.audio.playbackRate = speed;
  }

  /** On the way to another second: where it stands now says nothing. */
  get seeking(): boolean {
    return this.#waiting > 0 || this.audio.seeking;
  }

  /**
   * Goes to a second of the piece: at once while it plays, and before play begins, since WebKit may stall when play
   * and seek meet.
   */
  async seek(to: number) {
    if (Math.abs(this.audio.currentTime - to) <= EXACT_S) return;
    if (this.#starting) {
      this.#waiting += 1;
      await this.#starting;
      this.#waiting -= 1;
    }
    const there = new Promise((resolve) => {
      this.audio.addEventListener('seeked', resolve, { once: true });
      setTimeout(resolve, SEEK_MS);
    });
    this.audio.currentTime = to;
    if (this.audio.paused) await there;
  }

  pause() {
    if (this.audio.paused) return;
    this.#pauses += 1;
    this.audio.pause();
  }

  /** For each `pause` event: whether it is only the echo of one's own. It comes late, when play may be asked again. */
  echoes(): boolean {
    if (this.#pauses === 0) return false;
    this.#pauses -= 1;
    return true;
  }

  async play() {
    if (!this.audio.paused) return;
    const started = this.audio.play();
    const starting = started
      .catch(() => undefined)
      .then(() => {
        if (this.#starting === starting) this.#starting = null;
      });
    this.#starting = starting;
    await started;
  }

  /** Whether a piece can be played, now. */
  has(piece: number): boolean {
    const fresh = this.#played || performance.now() - this.#opened < FRESH_MS;
    return this.piece === piece && fresh;
  }

  holds(piece: number): boolean {
    return this.#held.has(piece);
  }

  /** Fetches a piece; besides it only the one that plays is kept. */
  fetch(piece: number): Promise<Blob> {
    const known = this.#held.get(piece);
    if (known) return known;
    for (const other of this.#held.keys()) if (other !== this.piece) this.#held.delete(other);
    const coming = this.#get(piece).then((bytes) => new Blob([bytes], { type: 'audio/wav' }));
    this.#held.set(piece, coming);
    // What failed may be asked for again.
    coming.catch(() => this.#held.get(piece) === coming && this.#held.delete(piece));
    return coming;
  }

  /** Makes a piece playable. False when another one was asked for meanwhile; rejects when it cannot be had. */
  open(piece: number): Promise<boolean> {
    if (this.#opening?.piece === piece) return this.#opening.done;
    const opening = { piece, done: Promise.resolve(false) };
    this.#opening = opening;
    opening.done = this.#open(piece, () => this.#opening === opening).finally(() => {
      if (this.#opening === opening) this.#opening = null;
    });
    return opening.done;
  }

  async #open(piece: number, current: () => boolean) {
    this.piece = -1;
    this.pause();
    const sound = await this.fetch(piece);
    for (let tries = 1; current(); tries++) {
      try {
        await this.#set(sound);
        break;
      } catch (failed) {
        if (current() && tries === TRIES) throw failed;
      }
    }
    if (!current()) return false;
    this.piece = piece;
    return true;
  }

  #set(sound: Blob): Promise<unknown> {
    URL.revokeObjectURL(this.#url);
    this.#url = URL.createObjectURL(sound);
    this.#opened = performance.now();
    this.#played = false;
    // What was still to be heard of the sound before is dropped with it.
    this.#pauses = 0;
    return new Promise((resolve, reject) => {
      this.audio.onloadedmetadata = resolve;
      this.audio.onerror = () => reject(UNPLAYABLE);
      this.audio.src = this.#url;
    });
  }

  /** The piece must be opened anew before it can be played again. */
  forget() {
    this.piece = -1;
  }

  free() {
    this.#opening = null;
    this.#held.clear();
    this.piece = -1;
    this.pause();
    this.audio.onplaying = null;
    this.audio.onloadedmetadata = null;
    this.audio.onerror = null;
    this.audio.removeAttribute('src');
    this.audio.load();
    URL.revokeObjectURL(this.#url);
  }
}
