import { mount } from 'svelte';
import './fonts.css';
import './tokens.css';
import './base.css';
import App from './App.svelte';
import { startKeys } from './app/keys.svelte';
import { keepReady } from './app/ready';
import { router } from './app/router.svelte';

if (import.meta.env.MODE === 'fake') {
  const fake = await import('./ipc/fake');
  fake.start();
}

const target = document.getElementById('app');
if (!target) throw new Error('index.html has no #app');
keepReady();
router.start();
startKeys();
mount(App, { target });
