/** The sample takes the library's place, so the page begins anew: nothing that was read before holds. */
import { commands } from '../ipc';
import { to } from './routes';

async function anew(change: () => Promise<unknown>, address: string) {
  await change();
  location.hash = address;
  location.reload();
}

/** Opens the sample on its list of takes. */
export const openSample = () => anew(() => commands.openSample(), to.takes());

/** Removes it and goes on with the library. */
export const leaveSample = () => anew(() => commands.leaveSample(), to.today());
