/**
 * The one way in which dates are written, whatever language a browser speaks: the words around them are English, and a
 * month in letters is not taken for a day. Only native date fields go by the browser.
 */
export const DATE_LOCALE = 'en-GB';

export function dateFormat(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(DATE_LOCALE, options);
}
