/** The player with scripted sound: what is asked of Rust and of the <audio>, and where the moment goes. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Stretch } from '../ipc';

const asked: [number, number][] = [];
let answers: (() => void)[] = [];
let failing = false;
/** So often an <audio> fails to open what it is given. */
let unopened = 0;

vi.mock('../ipc', () => ({
  failure: (thrown: unknown) => thrown,
  takeSound: (_take: string, from: number, to: number) => {
    asked.push([from, to]);
    return new Promise((resolve, reject) => {
      const answer = () =>
        failing
          ? reject({ code: null, message: 'The file is gone.' })
          : resolve(new ArrayBuffer(0));
      answers.push(answer);
    });
  },
}));

/** As much of an <audio> as the player uses. Time goes on when the test says so. */
class ScriptedAudio extends EventTarget {
  #time = 0;
  paused = true;
  ended = false;
  seeking = false;
  playbackRate = 1;
  defaultPlaybackRate = 1;
  preservesPitch = false;
  onloadedmetadata: (() => void) | null = null;
  onerror: (() => void) | null = null;
  onplaying: (() => void) | null = null;
  opened = 0;
  get currentTime() {
    return this.#time;
  }
  set currentTime(to: number) {
    this.#time = to;
    queueMicrotask(() => this.dispatchEvent(new Event('seeked')));
  }
  set src(_: string) {
    this.#time = 0;
    this.ended = false;
    this.opened += 1;
    queueMicrotask(() => (unopened-- > 0 ? this.onerror?.() : this.onloadedmetadata?.()));
  }
  load() {}
  removeAttribute() {}
  pause() {
    if (this.paused) return;
    this.paused = true;
    queueMicrotask(() => this.dispatchEvent(new Event('pause')));
  }
  play() {
    this.paused = false;
    this.ended = false;
    this.onplaying?.();
    return Promise.resolve();
  }
  end() {
    this.paused = true;
    this.ended = true;
    this.dispatchEvent(new Event('pause'));
    this.dispatchEvent(new Event('ended'));
  }
}

const { Player } = await import('./player.svelte');
/** Everything that was promised has come. */
const settled = () => new Promise((resolve) => setTimeout(resolve));
let audio = new ScriptedAudio();

beforeEach(() => {
  asked.length = 0;
  answers = [];
  failing = false;
  unopened = 0;
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  });
  vi.stubGlobal('requestAnimationFrame', () => 0);
  vi.stubGlobal('cancelAnimationFrame', () => undefined);
  vi.stubGlobal('URL', { createObjectURL: () => 'blob:', revokeObjectURL: () => undefined });
});

afterEach(() => vi.unstubAllGlobals());

function player(seconds: number, pauses: Stretch[] | null = null) {
  const made = new Player('take', seconds, pauses);
  audio = new ScriptedAudio();
  made.attach(audio as unknown as HTMLAudioElement);
  return made;
}

async function answer() {
  for (const one of answers.splice(0)) one();
  await settled();
}

/** The second of its piece that sounds; null when nothing does. */
const sounds = () => (audio.paused ? null : audio.currentTime);

/** The sound has come to this second of its piece. */
async function reach(second: number) {
  expect(audio.paused, 'nothing sounds').toBe(false);
  audio.currentTime = second;
  audio.dispatchEvent(new Event('timeupdate'));
  await settled();
}

test('nothing is fetched until it is played, and then one piece', async () => {
  const one = player(3600);
  one.seek(1000);
  await settled();
  expect(asked).toEqual([]);
  one.play();
  await answer();
  expect(asked).toEqual([[960, 1080]]);
  expect(sounds()).toBe(40);
});

test('the next piece is there before the cut, and the sound goes on in it', async () => {
  const one = player(600);
  one.play();
  await answer();
  await reach(90);
  expect(asked).toHaveLength(1);
  await reach(110);
  await answer();
  expect(asked).toEqual([
    [0, 120],
    [120, 240],
  ]);
  audio.end();
  await settled();
  expect(one.time).toBe(120);
  expect(sounds()).not.toBeNull();
  await reach(5);
  expect(one.time).toBe(125);
  expect(asked).toHaveLength(2);
});

test('of several seeks while the sound is on its way only the last one sounds', async () => {
  const one = player(3600);
  one.play();
  await answer();
  for (const time of [500, 1000, 2000.5]) one.seek(time);
  await answer();
  expect(sounds()).toBe(80.5);
  expect(one.time).toBe(2000.5);
});

test('a pause while the sound is on its way holds; what waited is opened anew before it plays', async () => {
  const one = player(100);
  vi.useFakeTimers({ toFake: ['performance'] });
  one.play();
  one.pause();
  await answer();
  expect(sounds()).toBeNull();
  expect(one.playing).toBe(false);
  vi.advanceTimersByTime(5000);
  one.play();
  await settled();
  expect(sounds()).toBe(0);
  expect(audio.opened).toBe(2);
  // Once it has played, a pause of any length costs nothing.
  one.pause();
  vi.advanceTimersByTime(5000);
  one.play();
  await settled();
  expect([audio.opened, asked.length]).toEqual([2, 1]);
  vi.useRealTimers();
});

test('skip silence passes over a pause, also one across a cut', async () => {
  const pauses = [
    { from_s: 10, to_s: 14 },
    { from_s: 116, to_s: 130 },
  ];
  const one = player(600, pauses);
  one.skipSilence(true);
  one.play();
  await answer();
  await reach(10.26);
  expect(one.time).toBe(13.75);
  await reach(116.3);
  await answer();
  // The cut lies in the middle of the pause, at 123.
  expect(asked).toContainEqual([123, 243]);
  expect(one.time).toBe(129.75);
  expect(sounds()).toBe(6.75);
});

test('a pause that one goes to is heard although silence is skipped', async () => {
  const one = player(100, [{ from_s: 10, to_s: 14 }]);
  one.skipSilence(true);
  one.play();
  await answer();
  one.seek(10);
  await reach(11);
  expect(one.time).toBe(11);
  one.seek(5);
  await reach(10.3);
  expect(one.time).toBe(13.75);
});

test('a stretch loops, also across a cut, without fetching its beginning again', async () => {
  const one = player(600);
  one.seek(115);
  one.markStart();
  one.seek(125);
  one.markEnd();
  one.play();
  await answer();
  expect(one.time).toBe(115);
  audio.end();
  await answer();
  await reach(5.1);
  expect(one.time).toBe(115);
  audio.end();
  await settled();
  await reach(5.1);
  expect(one.time).toBe(115);
  expect(asked).toEqual([
    [0, 120],
    [120, 240],
  ]);
});

test('a stretch up to the very end loops too', async () => {
  const one = player(100);
  one.mark({ from: 90, to: 100 });
  one.play();
  await answer();
  await reach(99.9);
  audio.end();
  await settled();
  expect(one.time).toBe(90);
  expect(sounds()).not.toBeNull();
});

test('the end of the take is the end; play begins anew', async () => {
  const one = player(100);
  one.play();
  await answer();
  audio.end();
  expect([one.playing, one.time]).toEqual([false, 100]);
  one.play();
  await settled();
  expect(sounds()).toBe(0);
});

test('speed keeps the pitch, holds for the next piece and for the next take', async () => {
  const one = player(600);
  one.setSpeed(1.5);
  expect([audio.playbackRate, audio.defaultPlaybackRate]).toEqual([1.5, 1.5]);
  expect(audio.preservesPitch).toBe(true);
  expect(player(50).speed).toBe(1.5);
});

test('a pause from elsewhere, as from a key of the keyboard, is a pause', async () => {
  const one = player(100);
  one.play();
  await answer();
  audio.pause();
  await settled();
  expect(one.playing).toBe(false);
});

test('what cannot be fetched is said, and can be tried again', async () => {
  const one = player(100);
  failing = true;
  one.play();
  await answer();
  expect(one.failure?.message).toBe('The file is gone.');
  expect(one.playing).toBe(false);
  failing = false;
  one.play();
  await answer();
  expect(one.failure).toBeNull();
  expect(sounds()).not.toBeNull();
});

test('sound that does not open at once is tried again, and said only when it never does', async () => {
  const one = player(100);
  unopened = 2;
  one.play();
  await answer();
  expect(one.failure).toBeNull();
  expect(sounds()).not.toBeNull();
  const other = player(100);
  unopened = 3;
  other.play();
  await answer();
  expect(other.failure?.message).toContain('cannot be played');
});

test('sound that breaks while it plays goes on where it was, once', async () => {
  const one = player(100);
  one.play();
  await answer();
  await reach(30);
  audio.dispatchEvent(new Event('error'));
  await answer();
  expect(sounds()).toBe(30);
  audio.dispatchEvent(new Event('error'));
  await answer();
  expect(one.failure?.message).toContain('cannot be played');
  expect(one.playing).toBe(false);
});

test('a stretch that is played by itself stops at its end', async () => {
  const one = player(100);
  one.playOnly({ from: 20, to: 24 });
  await answer();
  expect(sounds()).toBe(20);
  await reach(24.01);
  expect([one.playing, one.time, sounds()]).toEqual([false, 24, null]);
});

test('one take sounds at a time', async () => {
  const one = player(100);
  const first = audio;
  one.play();
  await answer();
  const other = player(100);
  other.play();
  await answer();
  expect([one.playing, first.paused]).toEqual([false, true]);
  expect([other.playing, sounds()]).toEqual([true, 0]);
});

test('a seek that comes while play is only starting waits for it', async () => {
  const one = player(100);
  one.play();
  await answer();
  one.pause();
  let started = () => {};
  audio.play = () => {
    audio.paused = false;
    return new Promise((resolve) => (started = resolve));
  };
  one.play();
  await settled();
  one.seek(50);
  await settled();
  audio.dispatchEvent(new Event('timeupdate'));
  expect([one.time, audio.currentTime]).toEqual([50, 0]);
  started();
  await settled();
  expect([one.time, sounds()]).toEqual([50, 50]);
});

test('what plays and stands still is opened anew', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const one = player(100);
  one.play();
  await answer();
  await reach(30);
  vi.advanceTimersByTime(2500);
  await reach(30);
  expect([audio.opened, sounds(), one.failure]).toEqual([2, 30, null]);
  vi.useRealTimers();
});
