const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const month =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?'

/** How a date can be written in a text. Days and months as numbers are understood in the order of ISO 8601 only. */
export const datePattern: RegExp = new RegExp(
  `\\b(?:\\d{4}-\\d{2}-\\d{2}|\\d{1,2}(?:st|nd|rd|th)? (?:of )?${month},? \\d{4}|${month} \\d{1,2}(?:st|nd|rd|th)?,? \\d{4})\\b`,
  'gi',
)

/** A date that `datePattern` found, as `2025-01-05`. */
export function isoDate(text: string): string {
  if (/^\d{4}-/.test(text)) return text
  const name = /[a-z]{3,}/i.exec(text.replace(/\b\d+(?:st|nd|rd|th)\b/gi, ''))?.[0]?.slice(0, 3)
  const year = /\d{4}/.exec(text)?.[0] ?? ''
  const day = /\b\d{1,2}(?=st|nd|rd|th|\b)/i.exec(text)?.[0] ?? ''
  const number = months.indexOf(name?.toLowerCase() ?? '') + 1
  return `${year}-${String(number).padStart(2, '0')}-${day.padStart(2, '0')}`
}
