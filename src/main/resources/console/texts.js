// The texts of one language; each file texts.<language>.js has the same keys, and {names} in them are filled in.

import english from './texts.en.js';

export const LANGUAGES = { en: 'English', 'zh-TW': '繁體中文', fa: 'فارسی', sk: 'Slovenčina' };
const STORED = 'hoopoe.language';

let texts = english;
let language = 'en';

function preferred() {
  const known = Object.keys(LANGUAGES);
  const wanted = [sessionStorage.getItem(STORED), ...navigator.languages].filter(Boolean);
  for (const tag of wanted) {
    const found = known.find((name) => name === tag || name.split('-')[0] === tag.split('-')[0]);
    if (found) {
      return found;
    }
  }
  return 'en';
}

/** English stays where the file does not come. */
export async function useTexts(chosen = preferred()) {
  try {
    texts = chosen === 'en' ? english : (await import(`./texts.${chosen}.js`)).default;
    language = chosen;
  } catch {
    texts = english;
    language = 'en';
  }
  document.documentElement.lang = language;
  document.documentElement.dir = language === 'fa' ? 'rtl' : 'ltr';
}

export async function choose(chosen) {
  sessionStorage.setItem(STORED, chosen);
  await useTexts(chosen);
}

export const currentLanguage = () => language;

/** The text; a key that no text has, such as a new state of the API, is shown as it is. */
export function t(name, values = {}) {
  return (texts[name] ?? english[name] ?? name).replace(/\{(\w+)\}/g, (all, value) => values[value] ?? all);
}

export const number = (value) => new Intl.NumberFormat(language).format(value);

/** Of a day in UTC. */
export const day = (value) => new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(value));

export const time = (value) =>
  value ? new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' }).format(new Date(value)) : '';
