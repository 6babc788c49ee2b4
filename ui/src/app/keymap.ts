/** Every key of the app, by screen: what `?` lists and what buttons show. */
export interface Key {
  /** What is pressed; `g t` is one after the other. */
  press: string;
  /** Another key that does the same, where keyboards differ. */
  also?: string;
  /** As the key cap says it. */
  cap: string;
  /** What it does. */
  does: string;
}

const key = (press: string, does: string, cap = press.toUpperCase()): Key => ({ press, cap, does });

export const KEYMAP = {
  everywhere: {
    today: key('g t', 'Today', 'G T'),
    packs: key('g p', 'Packs', 'G P'),
    takes: key('g k', 'Takes', 'G K'),
    library: key('g l', 'Library', 'G L'),
    progress: key('g r', 'Progress', 'G R'),
    settings: key('g s', 'Settings', 'G S'),
    search: key('/', 'filter the list', '/'),
    find: key('Control+k', 'search everything', 'Ctrl K'),
    findToo: key('g f', 'search everything', 'G F'),
    larger: { ...key('Control++', 'everything larger', 'Ctrl +'), also: 'Control+=' },
    smaller: key('Control+-', 'everything smaller', 'Ctrl −'),
    usual: key('Control+0', 'everything at its usual size', 'Ctrl 0'),
    undo: key('u', 'undo what the message at the bottom offers'),
    help: key('?', 'this list', '?'),
  },
  welcome: {
    begin: key('Enter', 'check the microphone, then answer the first question', '↵'),
    later: key('Escape', 'not now', 'Esc'),
    sample: key('s', 'look at a sample first'),
  },
  today: {
    first: key('Enter', 'start what is most due', '↵'),
    drill: key('d', 'put a drill together'),
  },
  mock: {
    start: key('Enter', 'start the mock', '↵'),
    interviewer: key('i', 'open the interviewer’s window'),
  },
  question: {
    answer: key('Enter', 'answer the question', '↵'),
    previous: key('[', 'previous question', '['),
    next: key(']', 'next question', ']'),
  },
  packs: {
    drill: key('Enter', 'start the drill you chose', '↵'),
    choose: key('d', 'put a drill together'),
    import: key('i', 'import questions'),
    create: key('n', 'begin a pack of your own'),
    edit: key('e', 'edit the pack, or hide questions'),
  },
  import: {
    file: key('f', 'choose a file'),
    folder: key('o', 'choose a folder'),
    start: key('Enter', 'look at it, then import it', '↵'),
  },
  editor: {
    down: key('ArrowDown', 'next question', '↓'),
    up: key('ArrowUp', 'previous question', '↑'),
    add: key('a', 'add a question'),
    edit: key('Enter', 'edit the question', '↵'),
    lower: key(']', 'move the question down', ']'),
    higher: key('[', 'move the question up', '['),
    hide: key('h', 'hide the question, or show it again'),
    import: key('i', 'import into the pack'),
  },
  drill: { start: key('Enter', 'start the drill', '↵') },
  ready: {
    record: key('r', 'record three seconds'),
    again: key('p', 'play it again'),
    fine: key('Enter', 'I hear myself', '↵'),
  },
  interview: {
    space: key(' ', 'begin the answer, end the answer, go on after a pause', 'Space'),
    probe: key('p', 'next probe'),
    next: key('n', 'go on to the next question'),
    skip: key('k', 'skip this question'),
    pause: key('Escape', 'pause', 'Esc'),
    pad: key('c', 'write into the pad; Esc leaves it'),
    listen: key('l', 'listen and grade'),
    scorecard: key('s', 'see the scorecard, once a mock is over'),
    interviewer: key('i', 'open the interviewer’s window, before the first answer'),
  },
  player: {
    play: key(' ', 'play or pause', 'Space'),
    back: key('ArrowLeft', 'three seconds back', '←'),
    forward: key('ArrowRight', 'three seconds on', '→'),
    slower: key(',', 'slower', ','),
    faster: key('.', 'faster', '.'),
    skip: key('s', 'skip silence, or hear it again'),
    previous: key('j', 'previous mark or note'),
    next: key('k', 'next mark or note'),
    start: key('[', 'start a stretch here', '['),
    end: key(']', 'end the stretch here; it loops', ']'),
    clear: key('Escape', 'forget the stretch', 'Esc'),
    // On many keyboards the plus needs Shift, and without it is an equals sign.
    closer: { ...key('+', 'zoom in', '+'), also: '=' },
    wider: key('-', 'zoom out', '−'),
    all: key('0', 'the whole take', '0'),
  },
  review: {
    note: key('n', 'note at this moment, or at the start of the stretch'),
    compare: key('m', 'compare with the take before it'),
    hear: key('h', 'hear your anchor take for the focused signal, or for the next'),
    anchor: key('a', 'hold this take, or the stretch, up as an anchor'),
    pin: key('p', 'pin the focused key point to this moment'),
    level1: key('1', 'Junior for the focused signal, or for the next without a level'),
    level2: key('2', 'Mid'),
    level3: key('3', 'Senior'),
    level4: key('4', 'Staff'),
    reveal: key('v', 'reveal the model answer'),
    lock: key('Enter', 'lock the grade', '↵'),
    onward: key('o', 'on to the next take, back to the interview, or to the scorecard'),
    keep: key('f', 'keep this take for ever, or no longer'),
    save: key('w', 'save the sound as WAV'),
    deleteSound: key('x', 'delete the sound; notes and grades stay'),
    deleteTake: key('d', 'delete the take; its grades still count'),
  },
  takes: {
    keep: key('f', 'keep the take in focus for ever, or no longer'),
    delete: key('d', 'delete the take in focus'),
    more: key('m', 'show more takes'),
  },
  library: {
    folder: key('o', 'open the folder'),
    backup: key('b', 'back up everything'),
    compact: key('c', 'compact the takes that are WAV'),
    empty: key('e', 'empty the trash'),
    merge: key('m', 'merge another library'),
    move: key('v', 'move the library'),
    cancel: key('Escape', 'cancel the work that is going on', 'Esc'),
  },
  progress: {
    previous: key('[', 'previous signal or stage', '['),
    next: key(']', 'next signal or stage', ']'),
    readiness: key('l', 'the last-days checklist'),
    report: key('e', 'write a report'),
  },
  readiness: {
    first: key('Enter', 'start the first step of today', '↵'),
    progress: key('l', 'back to Progress'),
  },
  compare: {
    switch: key('x', 'switch to the other take, at the same part or key point'),
    point: key('o', 'on to the next key point; then switch at it'),
    pin: key('p', 'pin the chosen key point to this moment'),
    note: key('n', 'note at this moment'),
    carry: key('c', 'write a point to carry forward'),
    review: key('r', 'back to the review of the later take'),
  },
  scorecard: {
    report: key('e', 'write a report'),
    grade: key('Enter', 'grade the rest', '↵'),
    minutes: key('t', 'start the five minutes, or stop them'),
  },
  interviewer: {
    space: key(' ', 'start the answer, stop it, go on after a pause', 'Space'),
    probe: key('p', 'ask the next probe'),
    next: key('n', 'go on to the next question'),
    pause: key('Escape', 'pause', 'Esc'),
    level1: key('1', 'Junior for the focused signal, or for the next without a level'),
    level2: key('2', 'Mid'),
    level3: key('3', 'Senior'),
    level4: key('4', 'Staff'),
    store: key('Enter', 'store the grade', '↵'),
  },
} as const satisfies Record<string, Record<string, Key>>;

export type KeyPlace = keyof typeof KEYMAP;

/** Somebody who listens for the keys of a place: the actions that have an effect now. */
export interface Listener {
  place: KeyPlace;
  can: (action: string) => boolean;
}

/**
 * Who acts on a key, and which action it is. A pair, such as `g` and then `t`, comes before its second key alone; the
 * last of the listeners is the innermost and comes first.
 */
export function actionFor<L extends Listener>(
  listeners: readonly L[],
  press: string,
  before: string | null = null,
): { listener: L; action: string } | null {
  for (const wanted of before === null ? [press] : [`${before} ${press}`, press])
    for (const listener of listeners.toReversed()) {
      const keys: [string, Key][] = Object.entries(KEYMAP[listener.place]);
      const hit = keys.find(
        ([action, key]) => listener.can(action) && (key.press === wanted || key.also === wanted),
      );
      if (hit) return { listener, action: hit[0] };
    }
  return null;
}
