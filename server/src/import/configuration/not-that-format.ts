/** A file that is not what it was said to be: nothing of it was taken. Its words are for who brought it. */
export class NotThatFormat extends Error {
  override readonly name = 'NotThatFormat';
}
