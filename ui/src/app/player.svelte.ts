/**
 * Plays one take: at any speed, passing over silence, round a marked stretch. Its sound comes over IPC in pieces, of
 * which two are held at most: the one that plays and the one that comes next.
 */
import { untrack } from 'svelte';
import { failure, takeSound, type Failure, type Stretch } from '../ipc';
import { Deck, UNPLAYABLE } from './deck';
import { faster, keepListening, lastListening } from './listening';
import { softer } from './loudness';
import { endedAt, goesTo, inside, startedAt, whole, type Marked } from './loop';
import { cutsOf, pieceAt } from './pieces';
import { pauseAround, skipsOf, stepped, type Span } from './silence';

/** A step back or on. */
export const STEP_S = 3;
/** So long before it is needed, the next piece is fetched. */
const AHEAD_S = 20;
/** What plays and stands still for so long is opened anew. */
const STUCK_MS = 2000;
/** Closer to the end than this, a take is over. */
const OVER_S = 0.05;

export class Player {
  readonly take: string;
  readonly seconds: number;
  /** What "skip silence" passes over; null when the pauses of this take are not known. */
  readonly skips: Span[] | null;
  time = $state(0);
  playing = $state(false);
  speed = $state(1);
  skipping = $state(false);
  marked = $state.raw<Marked | null>(null);
  failure = $state.raw<Failure | null>(null);
  #cuts: number[];
  #deck: Deck | null = null;
  /** The pause that was gone to on purpose. */
  #asked: Span | null = null;
  #wish = 0;
  #frame = 0;
  /** It broke while playing and has not gone on since. */
  #mending = false;
  /** When it was last seen to go on, in milliseconds. */
  #moved = 0;
  #softer: number;
  /** Where it stops by itself. */
  #until: number | null = null;
  /** One take sounds at a time. */
  static #sounding: Player | null = null;

  /** `softerDb`: so many decibels (at most 0) quieter than it was recorded. */
  constructor(
    take: string,
    seconds: number,
    pauses: readonly Stretch[] | null = null,
    softerDb = 0,
  ) {
    this.take = take;
    this.seconds = seconds;
    this.#softer = softerDb;
    this.skips = pauses && skipsOf(pauses);
    this.#cuts = cutsOf(seconds, pauses ?? []);
    const { speed, skipping } = lastListening();
    this.speed = speed;
    this.skipping = skipping;
  }

  get stretch(): Span | null {
    return whole(this.marked);
  }

  /** For `{@attach}` on an <audio>. */
  attach = (audio: HTMLAudioElement) => {
    const deck = new Deck(audio, async (piece) => {
      const to = this.#cuts[piece + 1] ?? this.seconds;
      return softer(await takeSound(this.take, this.#cuts[piece] ?? 0, to), this.#softer);
    });
    // What attaching reads would otherwise attach anew when it changes.
    deck.speed = untrack(() => this.speed);
    this.#deck = deck;
    // While another piece is being opened, nothing that is heard counts.
    const open = (heard: () => void) => () => {
      if (deck.piece !== -1) heard();
    };
    const heard = {
      ended: open(() => this.#ended(deck)),
      pause: () => {
        if (!deck.echoes() && deck.piece !== -1) this.#paused(deck);
      },
      error: open(() => this.#broken(deck)),
      // Frames stop while the window is hidden; this goes on.
      timeupdate: open(() => this.#look()),
    };
    for (const [name, listener] of Object.entries(heard)) audio.addEventListener(name, listener);
    return () => {
      for (const [name, listener] of Object.entries(heard))
        audio.removeEventListener(name, listener);
      this.pause();
      if (Player.#sounding === this) Player.#sounding = null;
      this.#deck = null;
      deck.free();
    };
  };

  toggle() {
    if (this.playing) this.pause();
    else this.play();
  }

  play() {
    // At the end, play means from the start.
    if (this.time >= this.seconds - OVER_S) this.time = 0;
    this.failure = null;
    this.playing = true;
    if (Player.#sounding !== this) Player.#sounding?.pause();
    Player.#sounding = this;
    void this.#sound();
  }

  /** Plays this stretch and stops. */
  playOnly({ from, to }: Span) {
    this.#go(from);
    this.#until = to;
    this.play();
  }

  pause() {
    this.playing = false;
    this.#wish += 1;
    cancelAnimationFrame(this.#frame);
    this.#deck?.pause();
  }

  /** Goes to a moment. A pause that one goes to is heard, whatever is passed over. */
  seek(to: number) {
    this.#go(to);
    this.#asked = pauseAround(this.skips ?? [], this.time);
  }

  /** Arrives at a moment that nobody chose by itself: a pause there is passed over like any other. */
  arrive(at: number) {
    this.#go(at);
  }

  /** Fetches what is heard at a moment, so that it can be gone to at once. */
  prepare(at: number) {
    const piece = pieceAt(this.#cuts, Math.max(0, at));
    if (this.#deck && !this.#deck.holds(piece)) this.#deck.fetch(piece).catch(() => undefined);
  }

  /** A few seconds back (-1) or on (1). */
  step(steps: number) {
    const skips = this.skipping ? (this.skips ?? []) : [];
    this.#go(stepped(this.time, steps * STEP_S, skips));
  }

  faster(steps: number) {
    this.setSpeed(faster(this.speed, steps));
  }

  setSpeed(speed: number) {
    this.speed = speed;
    if (this.#deck) this.#deck.speed = speed;
    this.#keep();
  }

  skipSilence(skipping: boolean) {
    this.skipping = skipping;
    this.#asked = null;
    this.#keep();
  }

  /** The stretch begins at this moment. */
  markStart() {
    this.marked = startedAt(this.marked, this.time, this.seconds);
  }

  /** The stretch ends at this moment, and playing goes round in it. */
  markEnd() {
    this.mark(endedAt(this.marked, this.time, this.seconds));
  }

  /** Marks a stretch. From outside of it, the moment goes to its start. */
  mark(marked: Marked) {
    this.marked = marked;
    const { stretch } = this;
    if (stretch && !inside(stretch, this.time)) this.seek(stretch.from);
  }

  #keep() {
    keepListening({ speed: this.speed, skipping: this.skipping });
  }

  #go(to: number) {
    this.time = Math.min(this.seconds, Math.max(0, to));
    this.#asked = null;
    this.#until = null;
    void this.#sound();
  }

  /** Brings what sounds in line with what is wanted: this moment, playing or not. */
  async #sound() {
    const mine = ++this.#wish;
    const deck = this.#deck;
    const piece = pieceAt(this.#cuts, this.time);
    if (!deck) return;
    try {
      if (!deck.has(piece)) {
        deck.pause();
        // What is not played need not be there.
        if (!this.playing || !(await deck.open(piece)) || mine !== this.#wish) return;
      }
      await deck.seek(this.time - (this.#cuts[piece] ?? 0));
      if (mine !== this.#wish || !this.playing) return;
      await deck.play();
      if (mine === this.#wish) this.#follow();
    } catch (thrown) {
      // A pause or a seek that comes before play has begun aborts it; that is not a failure.
      if (mine !== this.#wish || (thrown instanceof DOMException && thrown.name === 'AbortError'))
        return;
      // The system may want a press before it lets a sound begin; the button is there for that.
      if (thrown instanceof DOMException && thrown.name === 'NotAllowedError') this.pause();
      else this.#fail(failure(thrown));
    }
  }

  /** What breaks while it plays is opened once more before it is said. */
  #broken(deck: Deck) {
    if (this.#mending || !this.playing) return this.#fail(UNPLAYABLE);
    this.#mending = true;
    deck.forget();
    void this.#sound();
  }

  #fail(why: Failure) {
    this.#mending = false;
    this.pause();
    this.failure = why;
  }

  #follow() {
    this.#moved = performance.now();
    cancelAnimationFrame(this.#frame);
    const look = () => {
      this.#look();
      // A jump in it has begun to follow anew; one of the two is enough.
      cancelAnimationFrame(this.#frame);
      if (this.playing) this.#frame = requestAnimationFrame(look);
    };
    look();
  }

  /** The sound has gone on: so does the moment, or it jumps. */
  #look() {
    const deck = this.#deck;
    if (!this.playing || !deck || deck.piece === -1 || deck.seeking || deck.audio.ended) return;
    const now = Math.min(this.seconds, (this.#cuts[deck.piece] ?? 0) + deck.audio.currentTime);
    if (this.#until !== null && now >= this.#until) {
      this.time = this.#until;
      this.pause();
      return;
    }
    if (this.#jumps(now)) return;
    if (now > this.time) {
      this.#mending = false;
      this.#moved = performance.now();
    } else if (performance.now() - this.#moved > STUCK_MS) {
      this.#moved = performance.now();
      deck.forget();
      void this.#sound();
      return;
    }
    this.time = now;
    this.#ahead(deck);
  }

  #jumps(now: number): boolean {
    const skips = this.skipping ? (this.skips ?? []) : [];
    const to = goesTo(this.time, now, this.stretch, skips, this.#asked);
    if (to === null) return false;
    this.#go(to);
    return true;
  }

  /** Fetches what will be heard next, so that little is waited for at a cut. */
  #ahead(deck: Deck) {
    const { stretch } = this;
    const end = this.#cuts[deck.piece + 1] ?? this.seconds;
    const round = stretch && inside(stretch, this.time) && stretch.to <= end ? stretch : null;
    const next = round ? pieceAt(this.#cuts, round.from) : deck.piece + 1;
    const left = (round ? round.to : end) - this.time;
    if (next >= this.#cuts.length || deck.holds(next) || left > AHEAD_S * this.speed) return;
    // If it fails, it is asked for again when it is needed, and said then.
    deck.fetch(next).catch(() => undefined);
  }

  #ended(deck: Deck) {
    if (!this.playing) return;
    const end = this.#cuts[deck.piece + 1] ?? this.seconds;
    if (this.#jumps(end)) return;
    this.time = end;
    if (end < this.seconds) void this.#sound();
    else this.playing = false;
  }

  /** Somebody else paused: a key of the keyboard, the system. */
  #paused({ audio }: Deck) {
    // `ended` pauses too, and decides itself what comes.
    if (this.playing && audio.paused && !audio.ended && !audio.seeking) this.pause();
  }
}
