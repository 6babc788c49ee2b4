/** How a session starts: by way of "Ready?" unless the microphone was checked. */
import { commands, type Interview } from '../ipc';
import { router } from './router.svelte';
import { to, type Start } from './routes';

export function startSession(start: Start): Promise<Interview> {
  switch (start.kind) {
    case 'drill':
      return commands.startDrill(start.pack, start.questions);
    case 'mock':
      return commands.startMock(start.pack, start.mock, start.variant);
    case 'rerun':
      return commands.startRerun(start.pack, start.of);
    case 'resume':
      return commands.resumeSession(start.session);
  }
}

/** Starts at once when the microphone is known to work. A failure to start is the caller's to show. */
export async function begin(start: Start): Promise<void> {
  const checked = await commands.openMicrophone(null).then(
    (microphone) => microphone.checked,
    // "Ready?" opens it again and says what is wrong.
    () => false,
  );
  if (!checked) {
    router.go(to.ready(start));
    return;
  }
  try {
    await startSession(start);
  } catch (thrown) {
    // What did not start does not listen either.
    void commands.closeMicrophone();
    throw thrown;
  }
  router.go(to.interview());
}
