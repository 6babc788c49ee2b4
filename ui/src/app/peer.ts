/** The interviewer's side: its window, opened from the candidate's, and the name grades are stored under. */
import { commands, failure } from '../ipc';
import { messages } from './messages.svelte';

export async function openInterviewer() {
  try {
    await commands.openInterviewer();
  } catch (thrown) {
    messages.show({ text: failure(thrown).message });
  }
}

const KEPT = 'interviewer';
export const peerName = () => localStorage.getItem(KEPT) ?? '';
export const keepPeerName = (name: string) => localStorage.setItem(KEPT, name.trim());
