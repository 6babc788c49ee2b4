/** `data-screen` and `data-ready` on <body>: ready means that no command is on its way and the screen is painted. */
import { onFlight } from '../ipc';

let inFlight = 0;
let change = 0;

function painted(): Promise<void> {
  return new Promise((resolve) => {
    // A hidden window gets no frames; it is as painted as it will be.
    const late = setTimeout(resolve, 200);
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        clearTimeout(late);
        resolve();
      }),
    );
  });
}

async function settle() {
  const mine = ++change;
  document.body.dataset.ready = 'false';
  if (inFlight > 0) return;
  await painted();
  if (mine === change && inFlight === 0) document.body.dataset.ready = 'true';
}

export function keepReady() {
  onFlight((now) => {
    inFlight = now;
    void settle();
  });
}

export function showScreen(screen: string) {
  document.body.dataset.screen = screen;
  void settle();
}
