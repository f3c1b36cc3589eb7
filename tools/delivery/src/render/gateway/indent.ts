/** Every line of a text moved to the right; empty lines stay empty. */
export function indent(text: string, by: string): string {
  return text.replaceAll(/^(?=.)/gm, by);
}
