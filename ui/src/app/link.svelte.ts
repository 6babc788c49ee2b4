/** A link somebody wants to open; the dialog shows the whole address first. */
class Link {
  wanted = $state<string | null>(null);
}

export const link = new Link();
