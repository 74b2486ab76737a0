import { en } from './en';

export type MessageKey = keyof typeof en;
export type Messages = Readonly<Record<MessageKey, string>>;

/** The languages there are, by their primary tag. */
const languages: Readonly<Record<string, Messages>> = { en };

const spoken = navigator.languages
  .map((tag) => tag.split('-')[0] ?? '')
  .find((tag) => tag in languages);
const messages: Messages = languages[spoken ?? 'en'] ?? en;

/** The person's words for a key, with `{name}` places filled in. */
export function t(key: MessageKey, places: Readonly<Record<string, string | number>> = {}): string {
  return messages[key].replace(/\{(\w+)\}/g, (_, name: string) => String(places[name] ?? ''));
}

/** Whether there are words for a key that came from the server. */
export function isMessage(key: string): key is MessageKey {
  return key in messages;
}
