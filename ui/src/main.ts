import { mount } from 'svelte';
import './fonts.css';
import './tokens.css';
import './base.css';
import App from './App.svelte';
import { startKeys } from './app/keys.svelte';
import { keepReady } from './app/ready';
import { router } from './app/router.svelte';

const LONGEST_WAIT_MS = 500;

if (import.meta.env.MODE === 'fake') {
  const fake = await import('./ipc/fake');
  fake.start();
}

/** Text that changes its face under one's eyes is worse than a moment's wait; and longer than a moment nobody waits. */
async function faces(): Promise<void> {
  const loaded = ['Newsreader Variable', 'Inter Variable'].map((face) =>
    document.fonts.load(`1em '${face}'`),
  );
  await Promise.race([
    Promise.allSettled(loaded),
    new Promise((resolve) => setTimeout(resolve, LONGEST_WAIT_MS)),
  ]);
}

const target = document.getElementById('app');
if (!target) throw new Error('index.html has no #app');
keepReady();
router.start();
startKeys();
await faces();
mount(App, { target });
