/** What one chose last in this window; whatever cannot be read is as if nothing had been chosen. */
export function keptFrom(written: string | null): Record<string, unknown> {
  try {
    const found: unknown = JSON.parse(written ?? '{}');
    return typeof found === 'object' && found !== null ? (found as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
