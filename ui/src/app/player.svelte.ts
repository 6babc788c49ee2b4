/** Plays one take. Its sound comes over IPC in pieces of at most ten minutes, each a Blob URL of its own. */
import { failure, takeSound, type Failure } from '../ipc';
import { pieceAt, PIECE_S, SPEEDS } from './pieces';

export class Player {
  time = $state(0);
  playing = $state(false);
  speed = $state(1);
  failure = $state.raw<Failure | null>(null);
  readonly seconds: number;
  #take: string;
  #audio: HTMLAudioElement | null = null;
  #piece = -1;
  #url = '';
  #frame = 0;
  #loads = 0;

  constructor(take: string, seconds: number) {
    this.#take = take;
    this.seconds = seconds;
  }

  /** For `{@attach}` on an <audio>. */
  attach = (audio: HTMLAudioElement) => {
    this.#audio = audio;
    audio.preservesPitch = true;
    const onended = () => void this.#next();
    const onpause = () => this.#stopped();
    audio.addEventListener('ended', onended);
    audio.addEventListener('pause', onpause);
    return () => {
      audio.removeEventListener('ended', onended);
      audio.removeEventListener('pause', onpause);
      audio.pause();
      audio.removeAttribute('src');
      cancelAnimationFrame(this.#frame);
      URL.revokeObjectURL(this.#url);
      this.#loads += 1;
      this.#audio = null;
    };
  };

  async toggle() {
    if (this.playing) {
      this.playing = false;
      this.#audio?.pause();
      return;
    }
    // At the end, play means from the start.
    await this.#play(this.time >= this.seconds - 0.05 ? 0 : this.time);
  }

  seek(to: number) {
    const time = Math.min(this.seconds, Math.max(0, to));
    this.time = time;
    if (this.playing) void this.#play(time);
    else if (this.#audio && pieceAt(time) === this.#piece)
      this.#audio.currentTime = time - this.#piece * PIECE_S;
  }

  faster(steps: number) {
    const at = SPEEDS.indexOf(this.speed);
    this.setSpeed(SPEEDS[Math.min(SPEEDS.length - 1, Math.max(0, at + steps))] ?? 1);
  }

  setSpeed(speed: number) {
    this.speed = speed;
    if (this.#audio) this.#audio.playbackRate = speed;
  }

  async #play(from: number) {
    try {
      this.failure = null;
      this.playing = true;
      if (!(await this.#load(from)) || !this.#audio) return;
      await this.#audio.play();
      this.#follow();
    } catch (thrown) {
      // A pause or seek that comes before play has begun aborts it; that is not a failure.
      if (thrown instanceof DOMException && thrown.name === 'AbortError') return;
      this.playing = false;
      this.#piece = -1;
      this.failure = failure(thrown);
    }
  }

  /** Makes the piece with this moment the one that sounds. False when something newer was asked for meanwhile. */
  async #load(time: number): Promise<boolean> {
    const audio = this.#audio;
    if (!audio) return false;
    const piece = pieceAt(time);
    const mine = ++this.#loads;
    if (piece !== this.#piece) {
      const from = piece * PIECE_S;
      const bytes = await takeSound(this.#take, from, Math.min(from + PIECE_S, this.seconds));
      if (mine !== this.#loads || !this.playing) return false;
      URL.revokeObjectURL(this.#url);
      this.#url = URL.createObjectURL(new Blob([bytes], { type: 'audio/wav' }));
      this.#piece = piece;
      audio.src = this.#url;
      await new Promise((resolve, reject) => {
        audio.onloadedmetadata = resolve;
        audio.onerror = () =>
          reject({ code: null, message: 'The sound of this take cannot be played.' });
      });
      audio.playbackRate = this.speed;
    }
    audio.currentTime = time - piece * PIECE_S;
    return mine === this.#loads;
  }

  async #next() {
    const next = (this.#piece + 1) * PIECE_S;
    if (this.playing && next < this.seconds) return this.#play(next);
    this.playing = false;
    this.time = this.seconds;
  }

  #stopped() {
    // `ended` pauses too, and decides itself what comes.
    if (!this.#audio?.ended && this.#audio?.paused && !this.#audio.seeking) this.playing = false;
  }

  #follow() {
    cancelAnimationFrame(this.#frame);
    const tick = () => {
      if (!this.playing || !this.#audio) return;
      this.time = Math.min(this.seconds, this.#piece * PIECE_S + this.#audio.currentTime);
      this.#frame = requestAnimationFrame(tick);
    };
    tick();
  }
}
