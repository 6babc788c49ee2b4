/** The first run: from the welcome to hearing one's own first answer. Forgotten when the window closes. */
class FirstRun {
  /** Told "not now", or an answer exists: Today is Today from here on. */
  over = $state(false);
  /** On the way from the welcome to the first answer: what can happen by itself does. */
  going = $state(false);

  begin() {
    this.going = true;
  }

  /** An answer was recorded, whichever way one came to it. */
  answered() {
    this.over = true;
  }

  /** Not now; or the loop has been seen. */
  leave() {
    this.over = true;
    this.going = false;
  }
}

export const firstRun = new FirstRun();
