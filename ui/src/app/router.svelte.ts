/** Which screen is shown, from the address after `#`. */
import { parse, type Route } from './routes';

export type Guard = (leaveTo: string) => boolean;

class Router {
  route = $state.raw<Route>(parse(''));
  #guard: Guard | null = null;
  #asked = false;
  #address = '';

  start() {
    this.#take();
    window.addEventListener('hashchange', () => this.#changed());
  }

  go(address: string) {
    if (location.hash === address) this.#take();
    else location.hash = address;
  }

  /** Like `go`, past the guard: the person was asked already. */
  leaveTo(address: string) {
    this.#asked = true;
    this.go(address);
  }

  /** Like `go`, for a step one should not come back to. */
  replace(address: string) {
    history.replaceState(null, '', address);
    this.#take();
  }

  /** The guard says whether the screen may be left now; it may ask and come back with `go`. */
  guard(guard: Guard): () => void {
    this.#guard = guard;
    return () => {
      if (this.#guard === guard) this.#guard = null;
    };
  }

  #changed() {
    const wanted = location.hash;
    const asked = this.#asked;
    this.#asked = false;
    if (!asked && wanted !== this.#address && this.#guard && !this.#guard(wanted)) {
      history.replaceState(null, '', this.#address);
      return;
    }
    this.#take();
  }

  #take() {
    this.#address = location.hash;
    this.route = parse(location.hash);
  }
}

export const router = new Router();
