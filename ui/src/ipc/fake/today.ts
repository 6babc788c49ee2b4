import type { Boot, Settings, SettingsView, Today } from '../generated';
import { rows } from './library';
import { mocks } from './mocks';

const pack = 'senior-go-backend';

export function boot(mood: string): Boot {
  return {
    version: '0.1.0',
    theme: settings.theme ?? 'system',
    library_trouble:
      mood === 'library'
        ? 'Another Aloud is open and holds the library. Close it, then try again.'
        : null,
    pack_troubles: [],
    first_run: mood === 'empty',
    sample: mood === 'sample',
    warm_up: { pack, question: 'gmp-model', title: 'What P is for, between G and M' },
    repaired_takes: 0,
  };
}

const due = (of: string, title: string, place: string, reason: string): Today['due'][number] => ({
  pack,
  of,
  title,
  place,
  stage: false,
  reason,
  minutes: 3,
  sibling_minutes: null,
  commitments: [],
  blind_take: null,
});

export function today(mood: string): Today {
  const empty = mood === 'empty';
  const all = rows();
  return {
    day: '2026-11-26',
    interview_in_days: empty ? null : 11,
    minutes_a_day: 30,
    spoken_week_s: empty ? 0 : 4320,
    interrupted:
      mood === 'interrupted'
        ? {
            session: 's',
            title: 'Technical phone screen',
            place: 'Stage 2 of 5, Go fundamentals: the third of four prompts waits.',
          }
        : null,
    due: empty
      ? []
      : [
          {
            ...due(
              'system-design/deep-dive',
              'Deep dive',
              'System design',
              'Your weakest stage of yesterday’s system design mock: Mid on failure thinking, target Senior. Time ran out before compensation.',
            ),
            minutes: 15,
            sibling_minutes: 5,
            commitments: ['next time say who deletes the dedup rows, and when.'],
            blind_take: 't6',
          },
          due(
            'gmp-model',
            'What P is for, between G and M',
            'Go runtime',
            'Graded Mid four days ago.',
          ),
          due(
            'serializable-retries',
            'When SERIALIZABLE is worth its retries',
            'PostgreSQL',
            'Graded Mid five days ago.',
          ),
          due(
            'offset-commits',
            'Committing offsets: before or after the work',
            'Messaging',
            'Graded Mid yesterday.',
          ),
        ],
    later: empty ? 0 : 2,
    mocks,
    ungraded: empty ? [] : all.filter((row) => !row.grade).slice(0, 2),
    recent: empty ? [] : all.slice(2, 5),
  };
}

let settings: Settings = {
  theme: 'system',
  microphone: null,
  minutes_a_day: 30,
  interview_date: '2026-12-07',
  thinking_drill_s: 0,
  thinking_mock_s: 30,
  notify_due: false,
  pause_ms: 250,
  read_aloud: false,
  zoom: 100,
  end_from_anywhere: false,
};

export function settingsView(change?: Settings): SettingsView {
  settings = change ?? settings;
  return {
    settings,
    library: '/home/you/.local/share/aloud',
    takes: rows().length,
    sound_bytes: 214_000_000,
    data_bytes: 1_900_000,
    free_bytes: 81_400_000_000,
    pack_folders: ['/usr/share/aloud/content', '/home/you/.local/share/aloud/packs'],
    version: '0.1.0',
  };
}
