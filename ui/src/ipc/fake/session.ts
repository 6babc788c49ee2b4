/** A session that behaves like the real one, on the browser's clock. */
import { emit } from '@tauri-apps/api/event';
import { applyChanges } from '../../app/pad';
import type { Action, Interview, Pad, PadChange, Phase } from '../generated';
import { add } from './library';
import { asked, mockOf } from './packs';
import { loudness } from './sound';

const MINUTE = 60_000;
/** `?left=61500` in the address starts every answer that late. */
const LEFT = Number(new URLSearchParams(location.search).get('left')) || 3 * MINUTE;
const PROBES = [
  'How would you see this on a running service?',
  'Who may close it, and why only they?',
];

export class Session {
  view: Interview | null = null;
  #timer: ReturnType<typeof setInterval> | undefined;
  #questions: string[] = [];
  #spoken = 0;
  /** This is a rerun. */
  #again = false;

  open() {
    clearInterval(this.#timer);
    this.#timer = setInterval(() => this.#tick(), 50);
  }

  close() {
    clearInterval(this.#timer);
  }

  drill(questions: string[]): Interview {
    this.#questions = questions;
    return this.#start(
      questions.length > 1 ? 'A short drill' : 'One question',
      false,
      questions.length,
    );
  }

  mock(id: string): Interview {
    const mock = mockOf(id);
    this.#questions = ['goroutine-leaks', 'nil-and-closed-channels', 'dual-writes'];
    return this.#start(mock?.title ?? 'A mock', true, mock?.stages.length ?? 3);
  }

  /** A second attempt; it has a scorecard as a mock has. */
  rerun(of: string): Interview {
    this.#questions = [of.includes('/') ? 'dual-writes' : of, 'offset-commits'];
    const view = this.#start('System design › Deep dive', false, 2);
    this.#again = true;
    return view;
  }

  /** Live coding, with a pad beside the question. */
  coding(pad: Pad): Interview {
    this.#questions = [pad === 'go' ? 'bounded-pool' : 'goroutine-leaks', 'dual-writes'];
    this.#start('Technical phone screen', true, 5);
    this.#set({ pad, stage: 4, stage_title: 'A small program', prompts: 2 });
    return this.view as unknown as Interview;
  }

  write(changes: PadChange[]): null {
    this.#set({ pad_text: applyChanges(this.view?.pad_text ?? '', changes) }, false);
    return null;
  }

  resume(): Interview {
    if (!this.view || this.view.phase === 'over') this.mock('system-design');
    else if (this.view.phase === 'paused')
      this.#set({ phase: this.view.take ? 'between' : 'asked' });
    return this.view as unknown as Interview;
  }

  act(action: Action): Interview | null {
    const view = this.view;
    if (!view) return null;
    const phases: Partial<Record<Action, Phase>> = { pause: 'paused', abandon: 'over' };
    if (action === 'begin') {
      this.#spoken = 0;
      this.#set({ phase: 'opening' });
      setTimeout(() => this.#set({ phase: 'answering' }), 150);
    } else if (action === 'end' || (action === 'pause' && view.phase === 'answering')) {
      this.#end(
        action === 'end' ? 'finished' : 'interrupted',
        action === 'pause' ? 'paused' : null,
      );
    } else if (action === 'probe') {
      this.#set({
        probes: PROBES.slice(0, view.probes.length + 1),
        probes_left: view.probes_left - 1,
      });
    } else if (action === 'next' || action === 'skip') {
      if (view.phase === 'answering') this.#end('finished', null);
      this.#goOn();
    } else if (action === 'resume') {
      this.#set({ phase: 'asked' });
    } else {
      this.#set({ phase: phases[action] ?? view.phase });
    }
    return this.view;
  }

  #start(title: string, mock: boolean, stages: number): Interview {
    this.#again = false;
    this.view = {
      revision: 1,
      session: 's',
      title,
      mock,
      stage: 1,
      stages,
      stage_title: mock ? 'Go fundamentals' : '',
      prompt: 1,
      prompts: mock ? 4 : 1,
      phase: 'asked',
      asked: asked(this.#questions[0] ?? ''),
      probes: [],
      probes_left: PROBES.length,
      pad: null,
      clock: {
        left_ms: LEFT,
        budget_ms: 3 * MINUTE,
        stage_left_ms: (mock ? 12 : 3) * MINUTE,
        stage_budget_ms: (mock ? 12 : 3) * MINUTE,
      },
      trouble: null,
      ended: null,
      take: null,
      commitments: mock ? [] : ['next time say who closes, before I say how'],
      carried: mock ? [] : ['Name the dual write before the fix'],
      pad_text: '',
    };
    return this.view;
  }

  #goOn() {
    const view = this.view;
    if (!view) return;
    const at = this.#questions.indexOf(view.asked?.id ?? '') + 1;
    const next = this.#questions[at];
    if (!next) {
      this.#set({ phase: 'over', asked: null });
      return;
    }
    this.#set({
      phase: 'asked',
      asked: asked(next),
      probes: [],
      probes_left: PROBES.length,
      ended: null,
      stage: view.mock ? view.stage : view.stage + 1,
      prompt: view.mock ? view.prompt + 1 : 1,
      clock: view.clock && { ...view.clock, left_ms: view.clock.budget_ms },
    });
  }

  #end(ended: 'finished' | 'interrupted' | 'time_up', then: Phase | null) {
    const view = this.view;
    if (!view?.asked) return;
    const take = add(
      view.asked.id,
      Math.max(1, this.#spoken / 1000),
      ended,
      view.mock || this.#again,
    );
    const last = this.#questions.at(-1) === view.asked.id;
    this.#set({
      phase: then ?? (last ? 'over' : 'between'),
      ended,
      take,
      asked: last && !then ? null : view.asked,
    });
  }

  #set(change: Partial<Interview>, tell = true) {
    if (!this.view) return;
    this.view = { ...this.view, ...change, revision: this.view.revision + 1 };
    if (tell) void emit('interview-changed', this.view);
  }

  #tick() {
    const view = this.view;
    const runs = view?.phase === 'answering';
    if (runs) {
      this.#spoken += 50;
      if (view.clock) {
        view.clock.left_ms = Math.max(0, view.clock.left_ms - 50);
        view.clock.stage_left_ms = Math.max(0, view.clock.stage_left_ms - 50);
        if (view.clock.left_ms === 0) this.#end('time_up', null);
      }
    }
    const level = loudness('live', performance.now() / 1000);
    void emit('pulse', {
      level,
      peak_dbfs: -20,
      clipping: false,
      left_ms: runs ? view.clock?.left_ms : null,
      stage_left_ms: runs ? view.clock?.stage_left_ms : null,
    });
  }
}
