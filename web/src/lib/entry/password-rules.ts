/** As the server holds it. */
export const MIN_PASSWORD_LENGTH = 10;

export const PASSWORD_HINT = `At least ${MIN_PASSWORD_LENGTH} characters. A short sentence is easy to keep in mind.`;

export function passwordFault(password: string): string | null {
  if (password === '') return 'Choose a password.';
  if (password.length >= MIN_PASSWORD_LENGTH) return null;
  const missing = MIN_PASSWORD_LENGTH - password.length;
  return `${missing} more ${missing === 1 ? 'character' : 'characters'}, please.`;
}

export function emailFault(email: string): string | null {
  if (email.trim() === '') return 'Write an email address.';
  return /^\S+@\S+\.\S+$/.test(email.trim()) ? null : 'This is not an email address: name@example.org.';
}

export function nameFault(name: string): string | null {
  return name.trim() === '' ? 'Write a name.' : null;
}
