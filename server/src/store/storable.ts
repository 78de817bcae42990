/**
 * Text as every copy of it can hold. JSON may bring half of a surrogate pair, which SQL's JSON keeps and UTF-8, and
 * with it every document, does not: the copies of a record would differ for ever.
 */
export function storable(text: string): string {
  return text.toWellFormed();
}
