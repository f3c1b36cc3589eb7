/** JSON has no raw line breaks, so one text of lines needs none of the escaping of an array of texts. */
export function toJsonLines(values: readonly unknown[]): string {
  return values.map((value) => JSON.stringify(value)).join('\n');
}
