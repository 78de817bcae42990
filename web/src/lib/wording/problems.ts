/** What a failed call says on a page. Errors of our own boundary carry a sentence for people already. */
export function problemWords(error: unknown): string {
  if (error instanceof Error && error.name === 'BoundaryError') return error.message;
  return 'Something went wrong here. Reload the page; what you wrote is kept.';
}
