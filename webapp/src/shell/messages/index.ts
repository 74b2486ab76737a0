import { en } from './en';

export type MessageKey = keyof typeof en;
export type Messages = Readonly<Record<MessageKey, string>>;

/** The languages there are, by their primary tag. */
const languages: Readonly<Record<string, Messages>> = { en };

const spoken =
  navigator.languages
    .map((tag) => tag.split('-')[0] ?? '')
    .find((tag) => Object.hasOwn(languages, tag)) ?? 'en';
const messages: Messages = languages[spoken] ?? en;

/** Dates as this person writes them, as far as the page speaks their language. */
const region = navigator.languages.find((tag) => tag.split('-')[0] === spoken) ?? spoken;
const plurals = new Intl.PluralRules(region);
const list = new Intl.ListFormat(region);
const moment = new Intl.DateTimeFormat(region, {
  day: 'numeric',
  month: 'short',
  hour: 'numeric',
  minute: '2-digit',
});
const day = new Intl.DateTimeFormat(region, { day: 'numeric', month: 'long' });

/** The person's words for a key, with `{name}` places filled in. */
export function t(key: MessageKey, places: Readonly<Record<string, string | number>> = {}): string {
  return messages[key].replace(/\{(\w+)\}/g, (_, name: string) => String(places[name] ?? ''));
}

/** Whether there are words for a key that came from the server. */
export function isMessage(key: string): key is MessageKey {
  return Object.hasOwn(messages, key);
}

/** So many of something, `key` being the beginning of its keys; nothing if there are no words for it. */
export function counted(key: string, count: number): string | undefined {
  const form = `${key}.${plurals.select(count)}`;
  const known = isMessage(form) ? form : `${key}.other`;
  return isMessage(known) ? t(known, { count }) : undefined;
}

/** Several things as one phrase. */
export function listed(things: readonly string[]): string {
  return list.format(things);
}

/** A day and time. @param millis since 1970 */
export function momentOf(millis: number): string {
  return moment.format(millis);
}

/** A day. @param millis since 1970 */
export function dayOf(millis: number): string {
  return day.format(millis);
}
