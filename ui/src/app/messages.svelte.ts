/** The message at the bottom of the window, one at a time. */
export interface Message {
  text: string;
  undo?: () => void;
}

class Messages {
  now = $state.raw<Message | null>(null);

  show(message: Message) {
    this.now = message;
  }

  undo() {
    const undo = this.now?.undo;
    this.now = null;
    undo?.();
  }

  clear(message: Message) {
    if (this.now === message) this.now = null;
  }
}

export const messages = new Messages();
