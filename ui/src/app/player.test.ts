/** The player with scripted sound: what is asked of Rust and of the <audio>s, and where the moment goes. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Stretch } from '../ipc';

const asked: [number, number][] = [];
let answers: (() => void)[] = [];
let failing = false;

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
  currentTime = 0;
  paused = true;
  ended = false;
  seeking = false;
  playbackRate = 1;
  defaultPlaybackRate = 1;
  preservesPitch = false;
  onloadedmetadata: (() => void) | null = null;
  onerror: (() => void) | null = null;
  set src(_: string) {
    this.currentTime = 0;
    this.ended = false;
    queueMicrotask(() => this.onloadedmetadata?.());
  }
  load() {}
  removeAttribute() {}
  pause() {
    this.paused = true;
  }
  play() {
    this.paused = false;
    this.ended = false;
    return Promise.resolve();
  }
  end() {
    this.paused = true;
    this.ended = true;
    this.dispatchEvent(new Event('ended'));
  }
}

const { Player } = await import('./player.svelte');
/** Everything that was promised has come. */
const settled = () => new Promise((resolve) => setTimeout(resolve));
let audios: ScriptedAudio[] = [];

beforeEach(() => {
  asked.length = 0;
  answers = [];
  failing = false;
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
  audios = [new ScriptedAudio(), new ScriptedAudio()];
  for (const audio of audios) made.attach(audio as unknown as HTMLAudioElement);
  return made;
}

async function answer() {
  for (const one of answers.splice(0)) one();
  await settled();
}

const sounding = () => audios.filter((audio) => !audio.paused);

/** The one that sounds has come to this second of its piece. */
async function reach(second: number) {
  const [audio] = sounding();
  if (!audio) throw new Error('nothing sounds');
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
  expect(asked).toEqual([[960, 1200]]);
  expect(sounding().map((audio) => audio.currentTime)).toEqual([40]);
});

test('the next piece is there before the cut, and the sound goes on in it', async () => {
  const one = player(600);
  one.play();
  await answer();
  await reach(200);
  expect(asked).toHaveLength(1);
  await reach(230);
  await answer();
  expect(asked).toEqual([
    [0, 240],
    [240, 480],
  ]);
  sounding()[0]?.end();
  await settled();
  expect(one.time).toBe(240);
  expect(sounding()).toHaveLength(1);
  await reach(5);
  expect(one.time).toBe(245);
  expect(asked).toHaveLength(2);
});

test('of several seeks while the sound is on its way only the last one sounds', async () => {
  const one = player(3600);
  one.play();
  await answer();
  for (const time of [500, 1000, 2000.5]) one.seek(time);
  await answer();
  expect(sounding().map((audio) => audio.currentTime)).toEqual([80.5]);
  expect(one.time).toBe(2000.5);
});

test('a pause while the sound is on its way holds', async () => {
  const one = player(100);
  one.play();
  one.pause();
  await answer();
  expect(sounding()).toEqual([]);
  expect(one.playing).toBe(false);
});

test('skip silence passes over a pause, also one across a cut', async () => {
  const pauses = [
    { from_s: 10, to_s: 14 },
    { from_s: 236, to_s: 250 },
  ];
  const one = player(600, pauses);
  one.skipSilence(true);
  one.play();
  await answer();
  await reach(10.26);
  expect(one.time).toBe(13.75);
  await reach(236.3);
  await answer();
  // The cut lies in the middle of the pause, at 243.
  expect(asked).toContainEqual([243, 483]);
  expect(one.time).toBe(249.75);
  expect(sounding().map((audio) => audio.currentTime)).toEqual([6.75]);
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
  one.seek(235);
  one.markStart();
  one.seek(245);
  one.markEnd();
  one.play();
  await answer();
  expect(one.time).toBe(235);
  sounding()[0]?.end();
  await answer();
  await reach(5.1);
  expect(one.time).toBe(235);
  sounding()[0]?.end();
  await settled();
  await reach(5.1);
  expect(one.time).toBe(235);
  expect(asked).toEqual([
    [0, 240],
    [240, 480],
  ]);
});

test('a stretch up to the very end loops too', async () => {
  const one = player(100);
  one.mark({ from: 90, to: 100 });
  one.play();
  await answer();
  await reach(99.9);
  sounding()[0]?.end();
  await settled();
  expect(one.time).toBe(90);
  expect(sounding()).toHaveLength(1);
});

test('the end of the take is the end; play begins anew', async () => {
  const one = player(100);
  one.play();
  await answer();
  sounding()[0]?.end();
  expect([one.playing, one.time]).toEqual([false, 100]);
  one.play();
  await settled();
  expect(sounding().map((audio) => audio.currentTime)).toEqual([0]);
});

test('speed keeps the pitch, holds for the next piece and for the next take', async () => {
  const one = player(600);
  one.setSpeed(1.5);
  expect(audios.map((audio) => [audio.playbackRate, audio.defaultPlaybackRate])).toEqual([
    [1.5, 1.5],
    [1.5, 1.5],
  ]);
  expect(audios.every((audio) => audio.preservesPitch)).toBe(true);
  expect(player(50).speed).toBe(1.5);
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
  expect(sounding()).toHaveLength(1);
});
