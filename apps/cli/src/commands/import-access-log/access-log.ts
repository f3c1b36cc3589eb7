/** What billing needs of one request in a log of the combined format. */
export interface AccessLogEntry {
  /** Address or name of the client, in lower case. */
  readonly client: string;
  readonly user: string | undefined;
  readonly time: Date;
  /** As logged, escapes included; undefined when the client sent nothing that could be logged. */
  readonly request: string | undefined;
  readonly status: number;
  /** Undefined where the server logged "-": it sent no body. */
  readonly bytes: bigint | undefined;
  readonly referer: string | undefined;
  readonly agent: string | undefined;
  /** False when the line ends inside the referer or the agent; everything before is there. */
  readonly isComplete: boolean;
}

export type ParsedLine = { readonly entry: AccessLogEntry } | { readonly fault: string };

// One `"` inside a quoted field comes as `\"`; an unescaped one could forge what follows, so it is not guessed at.
const quoted = String.raw`"((?:[^"\\]|\\.)*)"`;
const head = /^(\S+) (\S+) (\S.*?) \[([^[\]]*)\] /;
const middle = new RegExp(`^${quoted} (\\S+) (\\S+)`);
const tail = new RegExp(`^ ${quoted} ${quoted}(?: .*)?$`);
const cutTail = new RegExp(`^ "(?:(?:[^"\\\\]|\\\\.)*)(?:\\\\|" ?|" "(?:[^"\\\\]|\\\\.)*\\\\?)?$`);
const clientName = /^[0-9a-z._:%-]{1,255}$/i;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Parses one line without its line end: `client ident user [time] "request" status bytes "referer" "agent"`. */
export function parseAccessLogLine(line: string): ParsedLine {
  const start = head.exec(line);
  if (start === null) return { fault: 'does not begin with: client ident user [time]' };
  const [beginning, client = '', , user = '', timeText = ''] = start;
  if (!clientName.test(client) || client === '-') return { fault: 'has no client address' };
  const time = parseTime(timeText);
  if (time === undefined) return { fault: `has no valid time: [${timeText.slice(0, 40)}]` };
  const rest = line.slice(beginning.length);
  const core = middle.exec(rest);
  if (core === null) return { fault: 'has no quoted request followed by status and bytes' };
  const [coreText, request = '', statusText = '', bytesText = ''] = core;
  if (!/^[1-5]\d\d$/.test(statusText)) return { fault: `has no valid status: ${statusText.slice(0, 20)}` };
  if (!/^(?:-|\d{1,15})$/.test(bytesText)) return { fault: `has no valid byte count: ${bytesText.slice(0, 20)}` };
  const end = rest.slice(coreText.length);
  const fields = tail.exec(end);
  // Without the next field nobody can tell whether the byte count is whole.
  if (fields === null && !cutTail.test(end)) return { fault: 'has no quoted referer and agent after the byte count' };
  return {
    entry: {
      client: client.toLowerCase(),
      user: absentIfDash(user),
      time,
      request: absentIfDash(request),
      status: Number(statusText),
      bytes: bytesText === '-' ? undefined : BigInt(bytesText),
      referer: absentIfDash(fields?.[1]),
      agent: absentIfDash(fields?.[2]),
      isComplete: fields !== null,
    },
  };
}

/** Method and path without its query, which may hold secrets; undefined for anything that is no HTTP request. */
export function parseRequest(request: string | undefined): { method: string; path: string } | undefined {
  const match = /^([A-Z]{1,20}) ([^\s?#]+)/.exec(request ?? '');
  return match === null ? undefined : { method: match[1]!, path: match[2]!.slice(0, 500) };
}

function absentIfDash(text: string | undefined): string | undefined {
  return text === undefined || text === '-' || text === '' ? undefined : text;
}

/** `17/May/2015:10:05:03 +0000` → the instant; undefined for a time that no calendar has. */
function parseTime(text: string): Date | undefined {
  const match = /^(\d\d)\/([A-Z][a-z]{2})\/(\d{4}):(\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)$/.exec(text);
  if (match === null) return undefined;
  const [, day, monthName, year, hour, minute, second, sign, zoneHours, zoneMinutes] = match;
  const month = months.indexOf(monthName!);
  const inRange =
    month >= 0 &&
    Number(year) >= 1970 &&
    Number(day) >= 1 &&
    Number(day) <= new Date(Date.UTC(Number(year), month + 1, 0)).getUTCDate() &&
    Number(hour) < 24 &&
    Number(minute) < 60 &&
    // 60 is a leap second and counts as the next minute's first.
    Number(second) <= 60 &&
    Number(zoneHours) <= 14 &&
    Number(zoneMinutes) < 60;
  if (!inRange) return undefined;
  const local = Date.UTC(Number(year), month, Number(day), Number(hour), Number(minute), Number(second));
  const offset = (Number(zoneHours) * 60 + Number(zoneMinutes)) * 60_000;
  return new Date(sign === '+' ? local - offset : local + offset);
}
