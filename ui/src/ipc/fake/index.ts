/**
 * A stand-in for Rust, so that the interface runs in any browser (`npm run fake`). Never part of what ships.
 * `?fake=pad`, `notes`, `interviewer` start a session at once; `bare` shows a scorecard without grades, `three` the progress of three takes;
 * `empty`, `sample`, `nomic`, `unchecked`, `library`, `slow` or `broken` in the address shows the other states.
 */
import { mockIPC } from '@tauri-apps/api/mocks';
import type { Failure } from '../generated';
import * as compare from './compare';
import { interviewer, peerGrade } from './interviewer';
import * as keeping from './keeping';
import * as library from './library';
import { padHistory } from './pad';
import * as own from './own';
import { packs, questionView } from './packs';
import { facts, progress, readiness } from './progress';
import { saveReflection, scorecard, suggest } from './scorecard';
import { search } from './search';
import { Session } from './session';
import { peaks, wav } from './sound';
import { boot, settingsView, today } from './today';

const mood = new URLSearchParams(location.search).get('fake') ?? '';
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const session = new Session();
let checked = mood !== 'unchecked' && mood !== 'nomic';

function fail(code: Failure['code'], message: string): never {
  // As Rust sends it: a plain object, not an Error.
  throw { code, message } satisfies Failure;
}

function open(choice: string | null) {
  if (mood === 'nomic')
    fail('no_microphone', 'No microphone can be found. Plug one in, or choose another below.');
  session.open();
  return {
    name: choice === 'usb' ? 'Blue Yeti Stereo' : 'Built-in Audio Analog Stereo',
    sample_rate: 48_000,
    checked,
  };
}

/** Arguments come by name, as the real ones do. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the generated door has typed them already
type Args = Record<string, any>;

const handlers: Record<string, (args: Args) => unknown> = {
  boot: () => boot(mood),
  today: () => today(mood),
  open_sample: () => fail(null, 'The sample needs the app itself.'),
  leave_sample: () => fail(null, 'The sample needs the app itself.'),
  packs: () => [...packs(), own.pack()],
  question: ({ question }) =>
    questionView(question) ??
    fail('not_found', 'This question is not there any more. Go back and choose another.'),
  open_link: () => null,
  choose_import: ({ folder }) => (folder ? '/home/me/banks' : '/home/me/banks/bees.md'),
  look_at_import: ({ path }) => own.look(path),
  import_questions: ({ title }) => own.take(title),
  cancel_import: () => null,
  new_pack: () => own.ID,
  editor: ({ pack }) => own.editor(pack),
  wording: ({ question }) => own.wording(question),
  save_question: ({ question, wording }) => own.save(question, wording),
  move_question: ({ question, steps }) => own.move(question, steps),
  hide_question: ({ question, hidden }) => own.hide(question, hidden),
  undo_edit: () => own.undo(),
  microphones: () =>
    mood === 'nomic'
      ? []
      : [
          { id: 'builtin', name: 'Built-in Audio Analog Stereo', is_default: true },
          { id: 'usb', name: 'Blue Yeti Stereo', is_default: false },
        ],
  open_microphone: ({ choice }) => open(choice),
  close_microphone: () => session.close(),
  microphone_is_fine: () => {
    checked = true;
    return null;
  },
  echo_test: async () => {
    await wait(3000);
    return wav('echo', 0, 3);
  },
  start_drill: ({ questions }) => session.drill(questions),
  start_mock: ({ mock }) => session.mock(mock),
  start_rerun: ({ of }) => session.rerun(of),
  suggest_drill: ({ wish }) => (mood === 'empty' && wish.pick === 'due' ? [] : suggest(wish)),
  write_pad: ({ changes }) => session.write(changes),
  pad_history: ({ take }) => padHistory(library.view(take, false)?.row.seconds ?? 60),
  scorecard: (args) => scorecard(args.session, mood === 'bare'),
  save_reflection: ({ text, commitments }) => saveReflection(text, commitments),
  open_interviewer: () => fail(null, 'A browser has no second window for the interviewer.'),
  interviewer: () => interviewer(session.view),
  peer_grade: ({ take, name, grade }) => peerGrade(session.view, take, name, grade),
  resume_session: () => session.resume(),
  interview: () => session.view,
  act: ({ action }) => session.act(action),
  takes: ({ wish }) => (mood === 'empty' ? { rows: [], found: 0 } : library.page(wish)),
  progress: () => progress(mood),
  delivery_over_time: () => facts(mood),
  readiness: () => readiness(mood),
  start_report: ({ wish }) => keeping.report(wish),
  open_report: () => fail(null, 'A browser cannot open files of this computer.'),
  open_reports_folder: () => fail(null, 'There is no file manager in a browser.'),
  take: ({ take, blind }) =>
    library.view(take, blind) ??
    fail('not_found', 'This take is not there any more. Go back and choose another.'),
  add_note: ({ take, atS, text }) => library.addNote(take, atS, text),
  edit_note: ({ note, text }) => library.editNote(note, text),
  delete_note: ({ note }) => library.deleteNote(note),
  restore_note: ({ note }) => library.restoreNote(note),
  grade: ({ take, grade, blind }) => library.grade(take, grade, blind),
  reveal: ({ take }) => library.reveal(take),
  library: () => keeping.view(),
  delete_take: ({ take }) => keeping.deleted(take, false),
  restore_take: ({ take }) => keeping.restored(take),
  delete_sound: ({ take }) => keeping.deleted(take, true),
  restore_sound: ({ take }) => keeping.restored(take),
  keep_take: ({ take, kept }) => library.keep(take, kept),
  empty_trash: () => keeping.empty(),
  set_compaction: ({ days }) => keeping.chooseDays(days),
  start_compaction: () => keeping.compact(),
  start_backup: ({ folder }) => keeping.backUp(folder),
  inspect_backup: ({ file }) =>
    keeping.inspect(file) ?? fail(null, `There is no backup ${file}. Choose another one.`),
  start_check: ({ file }) =>
    keeping.start(
      'check',
      'Checking a backup',
      `${file} is whole: every byte is as it was written.`,
    ),
  start_restore: ({ to }) =>
    keeping.start(
      'restore',
      'Restoring a backup',
      `The backup is restored in ${to}. Your library is as it was.`,
    ),
  start_merge: () =>
    keeping.start(
      'merge',
      'Merging',
      'Merged: 3 takes, 2 grades and 1 note were added, with 3 sound files.',
    ),
  start_move: ({ to }) =>
    keeping.start('move', 'Moving the library', `The library is in ${to} now.`),
  start_remove_old: () => fail('refused', 'There is no old folder any more.'),
  switch_library: ({ folder }) =>
    fail('refused', `There is no library in ${folder}. Choose the folder that holds library.db.`),
  start_export_sound: ({ to }) =>
    keeping.start('export', 'Saving the sound', `The sound is saved as ${to}.`),
  work: () => keeping.work(),
  cancel_work: () => keeping.cancel(),
  put_work_away: () => keeping.putAway(),
  choose_folder: () => '/media/you/stick',
  choose_backup: () => '/media/you/stick/aloud-2026-11-20-201500.zip',
  choose_sound_file: ({ name }) => `/home/you/${name}`,
  compare: ({ one, other }) =>
    compare.compare(one, other) ??
    fail('not_found', 'This take is not there any more. Go back and choose another.'),
  carry_forward: ({ text }) => compare.carryForward(text),
  edit_carry: ({ point, text }) => compare.editCarry(point, text),
  remove_carry: ({ point }) => compare.setCarryGone(point, true),
  restore_carry: ({ point }) => compare.setCarryGone(point, false),
  pin_key_point: ({ take, index, atS }) => compare.pinKeyPoint(take, index, atS),
  pin_anchor: ({ take, signal, level, stretch }) =>
    compare.pinAnchor(take, signal, level, stretch) ??
    fail('not_found', 'This take is not there any more. Go back and choose another.'),
  remove_anchor: ({ anchor }) => compare.setAnchorGone(anchor, true),
  restore_anchor: ({ anchor }) => compare.setAnchorGone(anchor, false),
  search: ({ words }) => search(words),
  settings: () => settingsView(),
  save_settings: ({ settings }) => settingsView(settings),
  try_voice: () => null,
  quit: () => fail(null, 'A browser tab closes without asking.'),
  open_library_folder: () => fail(null, 'There is no file manager in a browser.'),
  take_sound: ({ take, fromS, toS }) => wav(take, fromS, toS ?? 60),
  take_peaks: ({ take, fromS, toS, bins }) => peaks(take, fromS, toS, bins),
};

export function start() {
  mockIPC(
    async (command, args) => {
      const handler = handlers[command];
      if (!handler) fail(null, `The fake does not know ${command}.`);
      await wait(mood === 'slow' ? 1500 : 15);
      if (mood === 'broken' && command !== 'boot')
        fail(null, 'The library did not answer in time. Try again in a moment.');
      return handler(args as Args);
    },
    { shouldMockEvents: true },
  );
  if (mood === 'pad') session.coding('go');
  if (mood === 'notes') session.coding('markdown');
  if (mood === 'interviewer') session.mock('phone-screen');
  if (session.view) session.open();
}
