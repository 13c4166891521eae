const date = String.raw`(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])`
const time = String.raw`([01]\d|2[0-3]):([0-5]\d):([0-5]\d|60)(?:\.\d+)?(?:z|([+-])([01]\d|2[0-3]):([0-5]\d))`
const byte = String.raw`(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)`
const ipv4 = String.raw`${byte}(?:\.${byte}){3}`
const label = '[a-z\\d](?:[a-z\\d-]{0,61}[a-z\\d])?'
const hostname = String.raw`(?=.{1,253}$)${label}(?:\.${label})*`
const atom = String.raw`[\w!#$%&'*+/=?^{|}~\`-]+`

const whole = (pattern: string): RegExp => new RegExp(`^(?:${pattern})$`, 'i')

const datePattern = whole(date)
const timePattern = whole(time)

/** The formats that a regular expression describes in full, or nearly so. */
const patterns: ReadonlyMap<string, RegExp> = new Map([
  ['date', datePattern],
  ['time', timePattern],
  ['date-time', whole(`${date}t${time}`)],
  ['duration', /^P(?!$)(?:\d+W|(\d+Y)?(\d+M)?(\d+D)?(?:T(?!$)(\d+H)?(\d+M)?(\d+S)?)?)$/],
  [
    'email',
    whole(String.raw`(?:${atom}(?:\.${atom})*|"(?:[^"\\]|\\.)*")@(?:${hostname}|\[${ipv4}\]|\[ipv6:[\da-f:.]+\])`),
  ],
  ['hostname', whole(hostname)],
  ['ipv4', whole(ipv4)],
  ['ipv6', whole(String.raw`[\da-f:]+(?:(?<=:)${ipv4})?`)],
  ['uri', whole(String.raw`[a-z][a-z\d+.-]*:(?:[\w.~:/?#[\]@!$&'()*+,;=-]|%[\da-f]{2})*`)],
  ['uuid', whole(String.raw`[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}`)],
])

/** Whether a text has one of the formats that are checked. A format that is not known is not checked: it passes. */
export function hasFormat(text: string, format: string): boolean {
  const pattern = patterns.get(format)
  if (pattern?.test(text) === false) return false
  switch (format) {
    case 'date':
      return isDate(text)
    case 'time':
      return isTime(text)
    case 'date-time':
      return isDate(text.slice(0, 10)) && isTime(text.slice(11))
    case 'duration':
      // A unit between two others may not be left out.
      return !/Y\d+D|H\d+S/.test(text)
    case 'ipv6':
      return URL.canParse(`http://[${text}]`)
    case 'uri':
      return URL.canParse(text)
    default:
      return true
  }
}

function isDate(text: string): boolean {
  const [, year, month, day] = (datePattern.exec(text) ?? []).map(Number)
  // The last day of a month is day 0 of the next one. Years before 100 would be taken for years after 1900.
  return Number(day) <= new Date(Date.UTC(Number(year) + 400, Number(month), 0)).getUTCDate()
}

function isTime(text: string): boolean {
  const [, hour, minute, second, sign, hours = 0, minutes = 0] = timePattern.exec(text) ?? []
  if (second !== '60') return true
  // A leap second is the last one of a day in UTC.
  const ahead = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1)
  return (Number(hour) * 60 + Number(minute) - ahead + 1440) % 1440 === 1439
}
