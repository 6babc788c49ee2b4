/**
 * Plays one take: at any speed, passing over silence, round a marked stretch. Its sound comes over IPC in pieces, of
 * which two are held at most: the one that sounds and the one that comes next.
 */
import { untrack } from 'svelte';
import { failure, takeSound, type Failure, type Stretch } from '../ipc';
import { Deck, UNPLAYABLE } from './deck';
import { faster, keepListening, lastListening } from './listening';
import { endedAt, goesTo, inside, startedAt, whole, type Marked } from './loop';
import { cutsOf, pieceAt } from './pieces';
import { pauseAround, skipsOf, stepped, type Span } from './silence';

/** A step back or on. */
export const STEP_S = 3;
/** So long before it is needed, the next piece is fetched. */
const AHEAD_S = 20;
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
  #decks: Deck[] = [];
  #active: Deck | null = null;
  /** The pause that was gone to on purpose. */
  #asked: Span | null = null;
  #wish = 0;
  #frame = 0;

  constructor(take: string, seconds: number, pauses: readonly Stretch[] | null) {
    this.take = take;
    this.seconds = seconds;
    this.skips = pauses && skipsOf(pauses);
    this.#cuts = cutsOf(seconds, pauses ?? []);
    const { speed, skipping } = lastListening();
    this.speed = speed;
    this.skipping = skipping;
  }

  get stretch(): Span | null {
    return whole(this.marked);
  }

  /** For `{@attach}` on each of two <audio>. */
  attach = (audio: HTMLAudioElement) => {
    const deck = new Deck(audio);
    // What attaching reads would otherwise attach anew when it changes.
    deck.speed = untrack(() => this.speed);
    this.#decks.push(deck);
    const mine = (heard: () => void) => () => {
      if (deck === this.#active) heard();
    };
    const heard = {
      ended: mine(() => this.#ended()),
      pause: mine(() => this.#paused()),
      error: mine(() => this.#fail(UNPLAYABLE)),
      // Frames stop while the window is hidden; this goes on.
      timeupdate: mine(() => this.#step()),
    };
    for (const [name, listener] of Object.entries(heard)) audio.addEventListener(name, listener);
    return () => {
      for (const [name, listener] of Object.entries(heard))
        audio.removeEventListener(name, listener);
      this.#wish += 1;
      cancelAnimationFrame(this.#frame);
      this.playing = false;
      this.#active = null;
      this.#decks = this.#decks.filter((one) => one !== deck);
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
    void this.#sound();
  }

  pause() {
    this.playing = false;
    this.#wish += 1;
    cancelAnimationFrame(this.#frame);
    for (const deck of this.#decks) deck.audio.pause();
  }

  /** Goes to a moment. A pause that one goes to is heard, whatever is passed over. */
  seek(to: number) {
    this.#go(to);
    this.#asked = pauseAround(this.skips ?? [], this.time);
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
    for (const deck of this.#decks) deck.speed = speed;
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
    void this.#sound();
  }

  /** Brings what sounds in line with what is wanted: this moment, playing or not. */
  async #sound() {
    const mine = ++this.#wish;
    const piece = pieceAt(this.#cuts, this.time);
    try {
      const deck = this.#deckWith(piece);
      if (deck.piece !== piece) {
        this.#active = null;
        for (const one of this.#decks) one.audio.pause();
        // What is not played need not be there.
        if (!this.playing || !(await this.#load(deck, piece)) || mine !== this.#wish) return;
      }
      if (deck !== this.#active) {
        const before = this.#active;
        this.#active = deck;
        before?.audio.pause();
      }
      const at = this.time - (this.#cuts[piece] ?? 0);
      if (Math.abs(deck.audio.currentTime - at) > 0.01) deck.audio.currentTime = at;
      if (!this.playing) return;
      if (deck.audio.paused) await deck.audio.play();
      if (mine === this.#wish) this.#follow();
    } catch (thrown) {
      // A pause or a seek that comes before play has begun aborts it; that is not a failure.
      if (mine !== this.#wish || (thrown instanceof DOMException && thrown.name === 'AbortError'))
        return;
      this.#fail(failure(thrown));
    }
  }

  #fail(why: Failure) {
    this.pause();
    this.failure = why;
  }

  /** The deck that has this piece, or is getting it, or may take it. */
  #deckWith(piece: number): Deck {
    const [deck] = [
      this.#decks.find((one) => one.piece === piece),
      this.#decks.find((one) => one.loads(piece)),
      this.#decks.find((one) => one !== this.#active && one.piece === -1),
      this.#decks.find((one) => one !== this.#active),
    ].filter((found) => found !== undefined);
    if (!deck) throw new DOMException('The player is not on screen.', 'AbortError');
    return deck;
  }

  #load(deck: Deck, piece: number): Promise<boolean> {
    const from = this.#cuts[piece] ?? 0;
    const to = this.#cuts[piece + 1] ?? this.seconds;
    return deck.load(piece, () => takeSound(this.take, from, to));
  }

  #follow() {
    cancelAnimationFrame(this.#frame);
    const look = () => {
      this.#step();
      // A jump in that step has begun to follow anew; one of the two is enough.
      cancelAnimationFrame(this.#frame);
      if (this.playing) this.#frame = requestAnimationFrame(look);
    };
    look();
  }

  /** The sound has gone on: so does the moment, or it jumps. */
  #step() {
    const deck = this.#active;
    if (!this.playing || !deck || deck.audio.seeking || deck.audio.ended) return;
    const now = Math.min(this.seconds, (this.#cuts[deck.piece] ?? 0) + deck.audio.currentTime);
    if (!this.#jumps(now)) {
      this.time = now;
      this.#ahead(deck);
    }
  }

  #jumps(now: number): boolean {
    const skips = this.skipping ? (this.skips ?? []) : [];
    const to = goesTo(this.time, now, this.stretch, skips, this.#asked);
    if (to === null) return false;
    this.#go(to);
    return true;
  }

  /** Fetches what will be heard next, so that nothing is waited for at a cut. */
  #ahead(deck: Deck) {
    const { stretch } = this;
    const end = this.#cuts[deck.piece + 1] ?? this.seconds;
    const round = stretch && inside(stretch, this.time) && stretch.to <= end ? stretch : null;
    const next = round ? pieceAt(this.#cuts, round.from) : deck.piece + 1;
    const left = (round ? round.to : end) - this.time;
    const spare = this.#decks.find((one) => one !== deck);
    if (!spare || next >= this.#cuts.length || next === deck.piece || spare.piece === next) return;
    if (left > AHEAD_S * this.speed || spare.loads(next)) return;
    // If it fails, it is asked for again when it is needed, and said then.
    this.#load(spare, next).catch(() => undefined);
  }

  #ended() {
    const deck = this.#active;
    if (!this.playing || !deck) return;
    const end = this.#cuts[deck.piece + 1] ?? this.seconds;
    if (this.#jumps(end)) return;
    if (end < this.seconds) {
      this.time = end;
      void this.#sound();
    } else {
      this.playing = false;
      this.time = this.seconds;
    }
  }

  /** Somebody else paused: a key of the keyboard, the system. */
  #paused() {
    const audio = this.#active?.audio;
    // `ended` pauses too, and decides itself what comes.
    if (this.playing && audio?.paused && !audio.ended && !audio.seeking) this.pause();
  }
}
