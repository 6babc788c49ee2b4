/** The library's own screen in the fake: trash, backups, and long work that really takes a while. */
import { emit } from '@tauri-apps/api/event';
import type {
  BackupView,
  LibraryView,
  ReportBegun,
  ReportWish,
  TrashRow,
  WorkKind,
  WorkView,
} from '../generated';
import * as library from './library';

const STEPS = 40;
const STEP_MS = 100;

let days: number | null = null;
let trash: TrashRow[] = [
  {
    take: 'gone',
    title: 'What a buffer changes',
    sound_only: false,
    when: 'yesterday 21:10',
    bytes: 15_800_000,
    days_left: 29,
  },
];
let backupFolder: string | null = '/media/you/stick';
let compacted = false;
let now: WorkView | null = null;
let cancelled = false;

export function view(): LibraryView {
  const part = (name: string, about: string, files: number, bytes: number) => ({
    name,
    about,
    amount: { files, bytes },
  });
  const parts = [
    compacted
      ? part('Compacted takes', 'What you said, as FLAC: the same sound, smaller.', 8, 98_000_000)
      : part('Takes', 'What you said, as WAV.', 8, 214_000_000),
    part('Waveforms', 'Made again when they are missing.', 8, 640_000),
    part('Database', 'Sessions, grades, notes and your choices.', 1, 410_000),
    part('Dated copies', 'Copies of the database, made once a day and thinned.', 3, 1_100_000),
    ...(trash.length > 0
      ? [part('Trash', 'What you deleted and can still bring back.', 2, 15_800_000)]
      : []),
  ];
  return {
    folder: '/home/you/.local/share/aloud',
    trouble: null,
    free_bytes: 81_400_000_000,
    bytes: parts.reduce((sum, { amount }) => sum + amount.bytes, 0),
    parts,
    compact_after_days: days,
    wav: compacted ? { files: 0, bytes: 0 } : { files: 8, bytes: 214_000_000 },
    backups: [
      {
        file: '/media/you/stick/aloud-2026-11-20-201500.zip',
        kind: 'whole',
        when: '20 Nov 20:15',
        bytes: 189_000_000,
        holds: '7 takes, 5 grades, 4 notes, 188 MB of sound',
      },
      {
        file: '/home/you/.local/share/aloud/backups/library-20261122-190000.db',
        kind: 'copy',
        when: 'today 19:00',
        bytes: 380_000,
        holds: '7 takes, 5 grades, 4 notes',
      },
    ],
    backup_folder: backupFolder,
    trash,
    trash_days: 30,
    moved_from: null,
    given: false,
    usual_folder: '/home/you/.local/share/aloud',
  };
}

export function inspect(file: string): BackupView | null {
  const row = view().backups.find((backup) => backup.file === file);
  if (!row) return null;
  return {
    row,
    lines: [
      'Made 20 Nov 20:15 on this computer by Aloud 0.1.0.',
      '7 takes in 5 sessions, 34 minutes spoken.',
      '5 grades, 4 notes.',
      'The newest take: 19 Nov 19:12.',
    ],
    suggested: '/home/you/.local/share/aloud-restored-2026-11-20-201500',
  };
}

function tell(view: WorkView | null) {
  now = view;
  void emit('work-changed', view);
}

export const work = () => now;

export function cancel() {
  cancelled = true;
  return null;
}

export function putAway() {
  tell(null);
  return null;
}

export function start(kind: WorkKind, title: string, sentence: string, done = () => {}): WorkView {
  cancelled = false;
  const begun: WorkView = { kind, title, state: 'running', share: 0, sentence: '' };
  tell(begun);
  let step = 0;
  const timer = setInterval(() => {
    step += 1;
    if (cancelled || step === STEPS) {
      clearInterval(timer);
      if (!cancelled) done();
      const told = cancelled ? 'This was cancelled. Nothing was changed.' : sentence;
      tell({ ...begun, state: cancelled ? 'cancelled' : 'done', share: 1, sentence: told });
    } else {
      tell({ ...begun, share: step / STEPS });
    }
  }, STEP_MS);
  return begun;
}

export function report(wish: ReportWish): ReportBegun {
  const name = `2026-11-26 Technical phone screen.${wish.format}`;
  const work = start('report', 'Writing the report', `The report is written: ${name}`);
  return { name, folder: '~/.local/share/aloud/reports', work };
}

export const compact = () =>
  start(
    'compact',
    'Compacting takes',
    '8 takes compacted, 116 MB saved. Every sample was compared.',
    () => (compacted = true),
  );

export function backUp(folder: string) {
  backupFolder = folder;
  return start(
    'backup',
    'Backing up',
    `${folder}/aloud-2026-11-22-194000.zip holds 7 takes, 5 grades, 4 notes, 214 MB of sound. It was read back and is whole.`,
  );
}

export function chooseDays(chosen: number | null): LibraryView {
  days = chosen;
  return view();
}

export function empty(): LibraryView {
  trash = [];
  return view();
}

export function deleted(take: string, soundOnly: boolean) {
  const row = library.remove(take, soundOnly);
  if (row) {
    trash = [
      {
        take,
        title: row.title,
        sound_only: soundOnly,
        when: 'just now',
        bytes: Math.round(row.seconds * 96_000),
        days_left: 30,
      },
      ...trash,
    ];
  }
  return null;
}

export function restored(take: string): boolean {
  trash = trash.filter((row) => row.take !== take);
  return library.bringBack(take);
}
